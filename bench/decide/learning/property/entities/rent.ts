/**
 * A rent is what a lease owes for one month.
 *
 * why: each month must be paid, and we must see which was not
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, money, reference, type Row } from 'theseus/sdk';
import lateCharge from '../rules/late-charge.ts';

export default entity({
  id: 'e_rent',
  name: 'rent',
  plural: 'rents',
  title: 'dueOn',
  fields: {
    lease: reference({ id: 'f_release', no: 1, to: 'lease', required: true }),
    dueOn: date({ id: 'f_redue', no: 2, required: true }),
    amount: money({ id: 'f_reamt', no: 3, required: true, min: '0.01' }),
    paidOn: date({ id: 'f_repaid', no: 4 }),
    state: choice({
      id: 'f_restate',
      no: 5,
      choices: { open: 'c_ropen', reminded: 'c_rrem', paid: 'c_rpaid', waived: 'c_rwaiv' },
      default: 'open',
    }),
    lateCharge: money({ id: 'f_relate', no: 6, live: lateCharge }),
    total: money({ id: 'f_retot', no: 7, live: (rent: Row<'rent'>) => rent.amount + (rent.lateCharge ?? money('0.00')) }),
  },
  invariants: {
    paidHasDay: {
      holds: (rent: Row<'rent'>) => rent.state !== 'paid' || rent.paidOn !== undefined,
      message: 'a rent that is paid says on which day',
    },
  },
});
