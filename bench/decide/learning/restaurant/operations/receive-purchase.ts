/**
 * Receives a purchase today: its quantity goes into the stock of the ingredient.
 *
 * why: nobody counted what came in
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_recv',
  name: 'receivePurchase',
  on: 'purchase',
  http: { method: 'POST', path: '/api/purchases/{id}/receive', status: 200 },
  output: { row: 'purchase' },
  capabilities: { purchase: ['update'], ingredient: ['read', 'update'] },
  roles: ['owner', 'manager', 'chef'],
  transition: { field: 'state', from: ['ordered'], to: 'arrived' },
  async run({ data, row, today }) {
    const ingredient = await data.ingredient.get(row.ingredient);
    await data.ingredient.update(ingredient.id, { stock: ingredient.stock + row.quantity });
    return data.purchase.update(row.id, { state: 'arrived', arrivedOn: today });
  },
});
