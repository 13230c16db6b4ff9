/**
 * Cancels an order while it is open, and puts its goods back to stock.
 *
 * why: customers change their minds before anything was sent
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_cancel',
  name: 'cancelOrder',
  on: 'order',
  http: { method: 'POST', path: '/api/orders/{id}/cancel', status: 200 },
  output: { row: 'order' },
  capabilities: { order: ['update'], product: ['read', 'update'] },
  transition: { field: 'status', from: ['open'], to: 'cancelled' },
  async run({ data, row }) {
    for (const line of row.lines ?? []) {
      const product = await data.product.get(line.product);
      await data.product.update(line.product, { stock: (product.stock ?? 0) + line.quantity });
    }
    return data.order.update(row.id, { status: 'cancelled' });
  },
});
