/**
 * A bill asks the owner for the money of one order.
 *
 * why: work that is not billed was a present
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, choice, date, entity, integer, money, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_bill',
  name: 'bill',
  plural: 'bills',
  title: 'number',
  fields: {
    number: text({ id: 'f_binumb', no: 1, required: true, unique: true }),
    repairOrder: reference({ id: 'f_biord', no: 2, to: 'repairOrder', required: true }),
    amount: money({ id: 'f_biamt', no: 3, required: true, min: '0.01' }),
    issuedOn: date({ id: 'f_biiss', no: 4, required: true }),
    dueOn: date({ id: 'f_bidue', no: 5, live: (bill: Row<'bill'>) => addDays(bill.issuedOn, 14) }),
    paidOn: date({ id: 'f_bipaid', no: 6 }),
    method: choice({ id: 'f_bimeth', no: 7, choices: { cash: 'c_bcash', card: 'c_bcard', transfer: 'c_btran' }, default: 'transfer' }),
    reminders: integer({ id: 'f_birem', no: 8, min: 0, max: 3, default: 0 }),
    state: choice({ id: 'f_bistate', no: 9, choices: { open: 'c_bopen', paid: 'c_bpaid', void: 'c_bvoid' }, default: 'open' }),
    remark: text({ id: 'f_birmk', no: 10, max: 120 }),
  },
  invariants: {
    paidAfter: {
      holds: (bill: Row<'bill'>) => bill.paidOn === undefined || bill.paidOn >= bill.issuedOn,
      message: 'a bill cannot be paid before it was issued',
    },
  },
});
