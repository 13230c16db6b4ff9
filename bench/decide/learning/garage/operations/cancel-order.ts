/**
 * Cancels an order that is planned or waits for parts.
 *
 * why: people sell the car instead
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_ocanc',
  name: 'cancelOrder',
  on: 'repairOrder',
  http: { method: 'POST', path: '/api/repair-orders/{id}/cancel', status: 200 },
  output: { row: 'repairOrder' },
  capabilities: { repairOrder: ['update'] },
  transition: { field: 'state', from: ['planned', 'waiting'], to: 'cancelled' },
  async run({ data, row }) {
    return data.repairOrder.update(row.id, { state: 'cancelled' });
  },
});
