/**
 * Ends a delivery that is underway, with the name of who signed.
 *
 * why: customers say that nothing came
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_deliver',
  name: 'completeDelivery',
  on: 'delivery',
  http: { method: 'POST', path: '/api/deliveries/{id}/complete', status: 200 },
  input: { signedBy: text({ id: 'f_dlsign', no: 1, required: true }) },
  output: { row: 'delivery' },
  capabilities: { delivery: ['update'] },
  transition: { field: 'status', from: ['underway'], to: 'delivered' },
  async run({ data, row, input }) {
    return data.delivery.update(row.id, { status: 'delivered', signedBy: input.signedBy });
  },
});
