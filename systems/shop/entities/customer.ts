/**
 * A customer buys from the shop.
 *
 * why: the shop sells to people that it knows by name
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { choice, email, entity, money, text } from 'theseus/sdk';

export default entity({
  id: 'e_cust',
  name: 'customer',
  plural: 'customers',
  title: 'name',
  fields: {
    name: text({ id: 'f_cname', no: 1, required: true }),
    email: email({ id: 'f_cmail', no: 2 }),
    tier: choice({
      id: 'f_ctier',
      no: 3,
      choices: { standard: 'c_tstd', silver: 'c_tsilv', gold: 'c_tgold' },
      default: 'standard',
    }),
    creditLimit: money({ id: 'f_climit', no: 4 }),
  },
});
