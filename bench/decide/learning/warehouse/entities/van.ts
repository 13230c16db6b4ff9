/**
 * A van brings deliveries to customers.
 *
 * why: we must know what fits where
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, date, entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_van',
  name: 'van',
  plural: 'vans',
  title: 'plate',
  fields: {
    plate: text({ id: 'f_vaplate', no: 1, required: true, unique: true }),
    capacity: integer({ id: 'f_vacap', no: 2, required: true, min: 10, max: 400 }),
    cooled: boolean({ id: 'f_vacool', no: 3, default: false }),
    nextInspection: date({ id: 'f_vainsp', no: 4 }),
    inService: boolean({ id: 'f_vaserv', no: 5, default: true }),
  },
});
