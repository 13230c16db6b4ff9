/**
 * A purchase is an ingredient that was ordered from its supplier.
 *
 * why: what was ordered must arrive, and be paid once
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, integer, money, reference, type Row } from 'theseus/sdk';

export default entity({
  id: 'e_purch',
  name: 'purchase',
  plural: 'purchases',
  title: 'orderedOn',
  fields: {
    ingredient: reference({ id: 'f_puing', no: 1, to: 'ingredient', required: true }),
    supplier: reference({ id: 'f_pusupp', no: 2, to: 'supplier', required: true }),
    quantity: integer({ id: 'f_puqty', no: 3, required: true, min: 1, max: 500 }),
    unitPrice: money({ id: 'f_pupric', no: 4, required: true }),
    orderedOn: date({ id: 'f_puord', no: 5, required: true }),
    arrivedOn: date({ id: 'f_puarr', no: 6 }),
    state: choice({ id: 'f_pustat', no: 7, choices: { ordered: 'c_pord', arrived: 'c_parr', cancelled: 'c_pcan' }, default: 'ordered' }),
    amount: money({ id: 'f_puamt', no: 8, live: (purchase: Row<'purchase'>) => purchase.quantity * purchase.unitPrice }),
  },
  invariants: {
    notBefore: {
      holds: (purchase: Row<'purchase'>) => purchase.arrivedOn === undefined || purchase.arrivedOn >= purchase.orderedOn,
      message: 'nothing arrives before it was ordered',
    },
  },
});
