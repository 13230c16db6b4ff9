/**
 * Products of which fewer than five are left.
 *
 * why: what is to be ordered from the suppliers
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_lowst',
  name: 'lowStock',
  title: 'Low stock',
  from: 'product',
  where: (product) => (product.stock ?? 0) < 5,
  columns: {
    sku: { label: 'SKU', value: (product) => product.sku },
    name: { label: 'Name', value: (product) => product.name },
    stock: { label: 'Stock', value: (product) => product.stock },
  },
  order: ['stock'],
});
