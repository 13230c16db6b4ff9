/**
 * Shares the stock of a product out among its reservations, in the order of their coming.
 *
 * why: short goods go to those who wait, by a rule that everybody can be told
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_alloc',
  name: 'allocateStock',
  on: 'product',
  http: { method: 'POST', path: '/api/products/{id}/allocate', status: 200 },
  output: { row: 'product' },
  capabilities: { product: ['read', 'update'], reservation: ['read', 'update'] },
  async run({ data, row }) {
    const waiting = await data.reservation.list({ filters: [{ field: 'product', op: 'eq', value: row.id }], sort: 'askedOn' });
    let left = row.stock ?? 0;
    for (const each of waiting.items) {
      const share = Math.min(left, each.quantity - (each.allocated ?? 0));
      if (share <= 0) continue;
      await data.reservation.update(each.id, { allocated: (each.allocated ?? 0) + share });
      left -= share;
    }
    return data.product.update(row.id, { stock: left });
  },
});
