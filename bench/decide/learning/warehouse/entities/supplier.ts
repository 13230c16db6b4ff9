/**
 * A supplier sells to us.
 *
 * why: we order again from whom we know
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { email, entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_supp',
  name: 'supplier',
  plural: 'suppliers',
  title: 'name',
  fields: {
    name: text({ id: 'f_suname', no: 1, required: true, unique: true }),
    email: email({ id: 'f_sumail', no: 2, required: true }),
    phone: text({ id: 'f_suphone', no: 3 }),
    country: text({ id: 'f_sucoun', no: 4 }),
    leadDays: integer({ id: 'f_sulead', no: 5, required: true, min: 1, max: 60, default: 7 }),
    rating: integer({ id: 'f_surate', no: 6, min: 1, max: 5 }),
  },
});
