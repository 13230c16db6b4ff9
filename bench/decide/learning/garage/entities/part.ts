/**
 * A part on the shelf.
 *
 * why: nothing stops a repair like a missing gasket
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, entity, integer, money, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_part',
  name: 'part',
  plural: 'parts',
  title: 'name',
  fields: {
    number: text({ id: 'f_panumb', no: 1, required: true, unique: true }),
    name: text({ id: 'f_paname', no: 2, required: true }),
    supplier: text({ id: 'f_pasupp', no: 3 }),
    shelf: text({ id: 'f_pashelf', no: 4 }),
    stock: integer({ id: 'f_pastock', no: 5, required: true, min: 0, default: 0 }),
    minimumStock: integer({ id: 'f_pamin', no: 6, min: 0, default: 2 }),
    price: money({ id: 'f_paprice', no: 7, required: true, min: '0.10' }),
    purchasePrice: money({ id: 'f_papurch', no: 8, sensitive: true }),
    state: choice({
      id: 'f_pastate',
      no: 9,
      choices: { stocked: 'c_pstock', onOrder: 'c_pord', discontinued: 'c_pdisc' },
      default: 'stocked',
    }),
    scarce: boolean({ id: 'f_pascar', no: 10, live: (part: Row<'part'>) => part.stock < (part.minimumStock ?? 0) }),
  },
});
