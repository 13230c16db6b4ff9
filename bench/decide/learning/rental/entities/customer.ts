/**
 * A customer rents items.
 *
 * why: we must know who has our things
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, count, email, entity, integer, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_cust',
  name: 'customer',
  plural: 'customers',
  title: 'name',
  fields: {
    name: text({ id: 'f_cuname', no: 1, required: true }),
    phone: text({ id: 'f_cuphone', no: 2, required: true }),
    email: email({ id: 'f_cumail', no: 3, unique: true }),
    passport: text({ id: 'f_cupass', no: 4, sensitive: true }),
    membership: choice({
      id: 'f_cumemb',
      no: 5,
      choices: { guest: 'c_mguest', club: 'c_mclub', business: 'c_mbiz' },
      default: 'guest',
    }),
    blocked: boolean({ id: 'f_cublock', no: 6, default: false }),
    rentalsNow: integer({
      id: 'f_cunow',
      no: 7,
      live: (customer: Row<'customer'>) => count(customer.rentals.filter((rental) => rental.state === 'out')),
    }),
  },
});
