/**
 * Starts a delivery that is planned for today; its order is shipped by that.
 *
 * why: the office sees what is on the road
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_start',
  name: 'startDelivery',
  on: 'delivery',
  http: { method: 'POST', path: '/api/deliveries/{id}/start', status: 200 },
  output: { row: 'delivery' },
  capabilities: { delivery: ['update'], order: ['update'] },
  transition: { field: 'status', from: ['planned'], to: 'underway' },
  async run({ data, row, today }) {
    if (row.day !== today) refuse('conflict', 'This delivery is not for today.');
    await data.order.update(row.order, { status: 'shipped' });
    return data.delivery.update(row.id, { status: 'underway' });
  },
});
