/**
 * Takes in goods that we ordered and adds them to the stock.
 *
 * why: the count was always wrong after a lorry had come
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_receive',
  name: 'receiveRestock',
  on: 'restock',
  http: { method: 'POST', path: '/api/restocks/{id}/receive', status: 200 },
  output: { row: 'restock' },
  capabilities: { restock: ['update'], article: ['read', 'update'] },
  transition: { field: 'status', from: ['ordered'], to: 'arrived' },
  async run({ data, row }) {
    const article = await data.article.get(row.article);
    await data.article.update(article.id, { stock: article.stock + row.quantity });
    return data.restock.update(row.id, { status: 'arrived' });
  },
});
