/**
 * Each day at 5 what is below its minimum and not on its way is ordered from its supplier, the usual quantity.
 *
 * why: the chef forgets, the market does not wait
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_reorder',
  name: 'reorderLow',
  schedule: { cron: '0 5 * * *', catchUp: 'last' },
  capabilities: { ingredient: ['read'], purchase: ['read', 'create'] },
  async run({ data, dueDay }) {
    const all = await data.ingredient.list({});
    for (const each of all.items) {
      if (each.stock >= each.minimum) continue;
      const coming = await data.purchase.list({
        filters: [
          { field: 'ingredient', op: 'eq', value: each.id },
          { field: 'state', op: 'eq', value: 'ordered' },
        ],
      });
      if (coming.items.length > 0) continue;
      await data.purchase.create({
        ingredient: each.id,
        supplier: each.supplier,
        quantity: each.usual,
        unitPrice: each.price,
        orderedOn: dueDay,
      });
    }
  },
});
