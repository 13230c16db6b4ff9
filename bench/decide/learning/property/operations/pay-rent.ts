/**
 * Records that a rent was paid, on a day that is not in the future.
 *
 * why: the bank statement is worked through each morning
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { date, operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_pay',
  name: 'payRent',
  on: 'rent',
  http: { method: 'POST', path: '/api/rents/{id}/pay', status: 200 },
  input: { paidOn: date({ id: 'f_propaid', no: 1, required: true }) },
  output: { row: 'rent' },
  capabilities: { rent: ['update'] },
  transition: { field: 'state', from: ['open', 'reminded'], to: 'paid' },
  async run({ data, row, input, today }) {
    if (input.paidOn > today) refuse('conflict', 'This day has not come yet.');
    return data.rent.update(row.id, { state: 'paid', paidOn: input.paidOn });
  },
});
