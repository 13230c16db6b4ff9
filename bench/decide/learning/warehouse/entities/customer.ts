/**
 * A customer buys from us: a shop, a restaurant, a hotel or a canteen.
 *
 * why: we must know whom we deliver to and how far we trust them
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, count, date, email, entity, integer, money, type Row, sum, text } from 'theseus/sdk';

export default entity({
  id: 'e_cust',
  name: 'customer',
  plural: 'customers',
  title: 'name',
  fields: {
    number: text({ id: 'f_cunumb', no: 1, required: true, unique: true }),
    name: text({ id: 'f_cuname', no: 2, required: true }),
    contact: text({ id: 'f_cucont', no: 3 }),
    phone: text({ id: 'f_cuphone', no: 4, required: true }),
    email: email({ id: 'f_cumail', no: 5 }),
    city: text({ id: 'f_cucity', no: 6, required: true }),
    kind: choice({
      id: 'f_cukind',
      no: 7,
      choices: { shop: 'c_kshop', restaurant: 'c_krest', hotel: 'c_khot', canteen: 'c_kcan' },
      default: 'shop',
    }),
    creditLimit: money({ id: 'f_culimit', no: 8, required: true, min: '0.00', default: '3000.00' }),
    paymentDays: integer({ id: 'f_cudays', no: 9, required: true, min: 0, max: 45, default: 14 }),
    blocked: boolean({ id: 'f_cublock', no: 10, default: false }),
    bankAccount: text({ id: 'f_cubank', no: 11, sensitive: true }),
    since: date({ id: 'f_cusince', no: 12 }),
    notes: text({ id: 'f_cunotes', no: 13, multiline: true }),
    openTotal: money({
      id: 'f_cuopen',
      no: 14,
      live: (customer: Row<'customer'>) =>
        sum(
          customer.orders.filter((order) => order.status === 'shipped'),
          (order) => order.total,
        ),
    }),
    complaintCount: integer({ id: 'f_cucompl', no: 15, live: (customer: Row<'customer'>) => count(customer.complaints) }),
  },
});
