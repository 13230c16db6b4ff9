/**
 * A bill asks a patient for money.
 *
 * why: who pays privately gets a bill each month
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, choice, date, entity, integer, list, money, reference, type Row, sum, text } from 'theseus/sdk';
import billDiscount from '../rules/bill-discount.ts';

export default entity({
  id: 'e_bill',
  name: 'bill',
  plural: 'bills',
  title: 'number',
  fields: {
    number: text({ id: 'f_binumb', no: 1, required: true, unique: true }),
    patient: reference({ id: 'f_bipat', no: 2, to: 'patient', required: true }),
    issuedOn: date({ id: 'f_biiss', no: 3, required: true }),
    status: choice({
      id: 'f_bistat',
      no: 4,
      choices: { draft: 'c_bdraft', sent: 'c_bsent', paid: 'c_bpaid', cancelled: 'c_bcanc' },
      default: 'draft',
    }),
    lines: list({
      id: 'f_bilines',
      no: 5,
      item: 'line',
      itemId: 'e_biline',
      fields: {
        treatment: reference({ id: 'f_bltre', no: 1, to: 'treatment', required: true }),
        quantity: integer({ id: 'f_blqty', no: 2, required: true, min: 1, max: 30 }),
        unitPrice: money({ id: 'f_blprice', no: 3, required: true, min: '0.00' }),
      },
    }),
    subtotal: money({ id: 'f_bisub', no: 6, live: (bill: Row<'bill'>) => sum(bill.lines, (line) => line.quantity * line.unitPrice) }),
    discount: money({
      id: 'f_bidisc',
      no: 7,
      fixed: { while: (bill: Row<'bill'>) => bill.status === 'draft', formula: billDiscount, otherwise: money('0.00') },
    }),
    total: money({ id: 'f_bitot', no: 8, live: (bill: Row<'bill'>) => bill.subtotal - (bill.discount ?? money('0.00')) }),
    dueOn: date({ id: 'f_bidue', no: 9, live: (bill: Row<'bill'>) => addDays(bill.issuedOn, 14) }),
  },
  invariants: {
    notEmpty: {
      holds: (bill: Row<'bill'>) => bill.status === 'draft' || bill.lines.some((line) => line.quantity >= 1),
      message: 'a bill without lines stays a draft',
    },
  },
});
