/**
 * A dish is what stands on the menu, drinks as well.
 *
 * why: prices must be the same for everybody
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, entity, money, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_dish',
  name: 'dish',
  plural: 'dishes',
  title: 'name',
  fields: {
    name: text({ id: 'f_diname', no: 1, required: true, unique: true }),
    course: choice({
      id: 'f_dicour',
      no: 2,
      choices: { starter: 'c_dsta', main: 'c_dmain', dessert: 'c_ddes', drink: 'c_ddri' },
      default: 'main',
    }),
    price: money({ id: 'f_dipric', no: 3, required: true, min: '1.00', max: '95.00' }),
    cost: money({ id: 'f_dicost', no: 4, sensitive: true, min: '0.00' }),
    vegetarian: boolean({ id: 'f_diveg', no: 5, default: false }),
    allergens: text({ id: 'f_diall', no: 6 }),
    available: boolean({ id: 'f_diavai', no: 7, default: true }),
    margin: money({ id: 'f_dimarg', no: 8, sensitive: true, live: (dish: Row<'dish'>) => dish.price - (dish.cost ?? dish.price) }),
  },
});
