/**
 * Marks a delivery that is underway as failed, with the reason.
 *
 * why: nobody was there, or the road was closed
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_fail',
  name: 'failDelivery',
  on: 'delivery',
  http: { method: 'POST', path: '/api/deliveries/{id}/fail', status: 200 },
  input: { reason: text({ id: 'f_faiwhy', no: 1, required: true }) },
  output: { row: 'delivery' },
  capabilities: { delivery: ['update'] },
  transition: { field: 'status', from: ['underway'], to: 'failed' },
  async run({ data, row, input }) {
    return data.delivery.update(row.id, { status: 'failed', failure: input.reason });
  },
});
