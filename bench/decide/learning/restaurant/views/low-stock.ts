/**
 * Ingredients whose stock is below their minimum, by name.
 *
 * why: what to look for at the market
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_low',
  name: 'lowStock',
  title: 'Low stock',
  from: 'ingredient',
  where: (ingredient) => ingredient.stock < ingredient.minimum,
  columns: {
    name: { label: 'Ingredient', value: (ingredient) => ingredient.name },
    stock: { label: 'Stock', value: (ingredient) => ingredient.stock },
    minimum: { label: 'Minimum', value: (ingredient) => ingredient.minimum },
    supplier: { label: 'Supplier', value: (ingredient) => ingredient.supplier.name },
  },
  order: ['name'],
});
