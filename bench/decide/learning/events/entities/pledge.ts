/**
 * A pledge is money that a sponsor promised for an event.
 *
 * why: a promise at dinner is not money
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, money, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_pled',
  name: 'pledge',
  plural: 'pledges',
  title: 'promisedOn',
  fields: {
    sponsor: reference({ id: 'f_plspon', no: 1, to: 'sponsor', required: true }),
    event: reference({ id: 'f_plevent', no: 2, to: 'event', required: true }),
    amount: money({ id: 'f_plamt', no: 3, required: true, min: '100.00' }),
    promisedOn: date({ id: 'f_plprom', no: 4, required: true }),
    receivedOn: date({ id: 'f_plrec', no: 5 }),
    state: choice({
      id: 'f_plstate',
      no: 6,
      choices: { promised: 'c_lprom', received: 'c_lrec', withdrawn: 'c_lwith' },
      default: 'promised',
    }),
    inReturn: text({ id: 'f_plret', no: 7, max: 300 }),
  },
  invariants: {
    receivedAfter: {
      holds: (pledge: Row<'pledge'>) => pledge.receivedOn === undefined || pledge.receivedOn >= pledge.promisedOn,
      message: 'money cannot come before it was promised',
    },
  },
});
