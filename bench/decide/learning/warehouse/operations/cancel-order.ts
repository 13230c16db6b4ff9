/**
 * Cancels an order that is a draft or confirmed.
 *
 * why: plans change before the boxes are packed
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_cancel',
  name: 'cancelOrder',
  on: 'order',
  http: { method: 'POST', path: '/api/orders/{id}/cancel', status: 200 },
  output: { row: 'order' },
  capabilities: { order: ['update'] },
  transition: { field: 'status', from: ['draft', 'confirmed'], to: 'cancelled' },
  async run({ data, row }) {
    return data.order.update(row.id, { status: 'cancelled' });
  },
});
