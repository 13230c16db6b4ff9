/**
 * A supplier sells us what we cook.
 *
 * why: who brings what, and whom to shout at
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { email, entity, integer, money, text } from 'theseus/sdk';

export default entity({
  id: 'e_supp',
  name: 'supplier',
  plural: 'suppliers',
  title: 'name',
  fields: {
    name: text({ id: 'f_suname', no: 1, required: true, unique: true }),
    phone: text({ id: 'f_suphone', no: 2, required: true }),
    email: email({ id: 'f_sumail', no: 3, unique: true }),
    login: text({ id: 'f_sulogin', no: 4, unique: true }),
    minimumOrder: money({ id: 'f_sumin', no: 5, min: '0.00', default: '50.00' }),
    rating: integer({ id: 'f_surate', no: 6, min: 1, max: 5 }),
  },
});
