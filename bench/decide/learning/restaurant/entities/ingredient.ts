/**
 * An ingredient lies in our store.
 *
 * why: no tomatoes on a Saturday is a disaster
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, entity, integer, money, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_ingr',
  name: 'ingredient',
  plural: 'ingredients',
  title: 'name',
  fields: {
    name: text({ id: 'f_inname', no: 1, required: true, unique: true }),
    unit: choice({ id: 'f_inunit', no: 2, choices: { kilo: 'c_ukilo', litre: 'c_ulitr', piece: 'c_upiec' }, default: 'kilo' }),
    stock: integer({ id: 'f_instoc', no: 3, required: true, min: 0, default: 0 }),
    minimum: integer({ id: 'f_inmin', no: 4, required: true, min: 0, default: 5 }),
    usual: integer({ id: 'f_inusu', no: 5, required: true, min: 1, default: 10 }),
    price: money({ id: 'f_inpric', no: 6, required: true, min: '0.05' }),
    supplier: reference({ id: 'f_insupp', no: 7, to: 'supplier', required: true }),
    low: boolean({ id: 'f_inlow', no: 8, live: (ingredient: Row<'ingredient'>) => ingredient.stock < ingredient.minimum }),
  },
});
