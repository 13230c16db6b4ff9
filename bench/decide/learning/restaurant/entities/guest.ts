/**
 * A guest reserves tables and orders.
 *
 * why: we want to know who comes back, and who never came
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, count, date, email, entity, integer, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_guest',
  name: 'guest',
  plural: 'guests',
  title: 'name',
  fields: {
    name: text({ id: 'f_guname', no: 1, required: true }),
    phone: text({ id: 'f_guphone', no: 2, required: true }),
    email: email({ id: 'f_gumail', no: 3 }),
    allergies: text({ id: 'f_guall', no: 4, sensitive: true, max: 200 }),
    birthday: date({ id: 'f_gubirth', no: 5 }),
    status: choice({ id: 'f_gustat', no: 6, choices: { new: 'c_gnew', regular: 'c_greg', friend: 'c_gfri' }, default: 'new' }),
    barred: boolean({ id: 'f_gubar', no: 7, default: false }),
    missed: integer({
      id: 'f_gumiss',
      no: 8,
      live: (guest: Row<'guest'>) => count(guest.reservations.filter((reservation) => reservation.state === 'missed')),
    }),
  },
});
