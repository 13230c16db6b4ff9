/**
 * Active articles whose stock is below their minimum, scarcest first.
 *
 * why: what to order this week
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_low',
  name: 'lowStock',
  title: 'Articles below their minimum',
  from: 'article',
  where: (article) => article.active === true && article.stock < (article.minimumStock ?? 0),
  columns: {
    sku: { label: 'SKU', value: (article) => article.sku },
    name: { label: 'Article', value: (article) => article.name },
    stock: { label: 'Stock', value: (article) => article.stock },
    minimum: { label: 'Minimum', value: (article) => article.minimumStock },
  },
  order: ['stock'],
});
