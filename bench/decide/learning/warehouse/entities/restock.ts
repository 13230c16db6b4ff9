/**
 * Goods that we ordered from a supplier.
 *
 * why: the shelf must be full before it is empty
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, choice, date, entity, integer, money, reference, type Row } from 'theseus/sdk';

export default entity({
  id: 'e_rest',
  name: 'restock',
  plural: 'restocks',
  title: 'orderedOn',
  fields: {
    article: reference({ id: 'f_reart', no: 1, to: 'article', required: true }),
    supplier: reference({ id: 'f_resupp', no: 2, to: 'supplier', required: true }),
    quantity: integer({ id: 'f_reqty', no: 3, required: true, min: 1, max: 5000 }),
    unitCost: money({ id: 'f_recost', no: 4, sensitive: true, min: '0.00' }),
    orderedOn: date({ id: 'f_reord', no: 5, required: true }),
    expectedOn: date({ id: 'f_reexp', no: 6, live: (restock: Row<'restock'>) => addDays(restock.orderedOn, restock.supplier.leadDays) }),
    status: choice({ id: 'f_restat', no: 7, choices: { ordered: 'c_rord', arrived: 'c_rarr', cancelled: 'c_rcanc' }, default: 'ordered' }),
  },
});
