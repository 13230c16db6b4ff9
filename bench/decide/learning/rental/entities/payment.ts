/**
 * A payment is money that a customer gave for a rental.
 *
 * why: the till must be right in the evening
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, money, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_pay',
  name: 'payment',
  plural: 'payments',
  title: 'paidOn',
  fields: {
    rental: reference({ id: 'f_pyrent', no: 1, to: 'rental', required: true }),
    amount: money({ id: 'f_pyamt', no: 2, required: true, min: '0.01' }),
    method: choice({ id: 'f_pymeth', no: 3, choices: { cash: 'c_pcash', card: 'c_pcard', transfer: 'c_ptran' }, default: 'card' }),
    paidOn: date({ id: 'f_pyon', no: 4, required: true }),
    remark: text({ id: 'f_pyrem', no: 5 }),
  },
});
