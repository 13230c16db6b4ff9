/**
 * Packs an order that is confirmed and takes its lines from stock; where the stock does not suffice it is refused.
 *
 * why: what is packed is gone from the shelf
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_pack',
  name: 'packOrder',
  on: 'order',
  http: { method: 'POST', path: '/api/orders/{id}/pack', status: 200 },
  output: { row: 'order' },
  capabilities: { order: ['update'], article: ['read', 'update'] },
  roles: ['owner', 'storekeeper'],
  transition: { field: 'status', from: ['confirmed'], to: 'packed' },
  async run({ data, row }) {
    for (const line of row.lines) {
      const article = await data.article.get(line.article);
      if (article.stock < line.quantity) refuse('conflict', `Only ${article.stock} of ${article.name} are there.`);
      await data.article.update(article.id, { stock: article.stock - line.quantity });
    }
    return data.order.update(row.id, { status: 'packed' });
  },
});
