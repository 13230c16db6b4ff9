/**
 * A product is what the shop sells.
 *
 * why: orders name products, and stock is counted for each
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { entity, integer, money, text } from 'theseus/sdk';

export default entity({
  id: 'e_prod',
  name: 'product',
  plural: 'products',
  title: 'name',
  fields: {
    sku: text({ id: 'f_psku', no: 1, required: true, unique: true }),
    name: text({ id: 'f_pname', no: 2, required: true }),
    category: text({ id: 'f_pcat', no: 3 }),
    price: money({ id: 'f_pprice', no: 4, required: true, min: '0.00' }),
    stock: integer({ id: 'f_pstock', no: 5, min: 0, default: 0 }),
  },
});
