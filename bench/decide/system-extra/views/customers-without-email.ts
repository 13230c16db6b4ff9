/**
 * Customers who gave no email.
 *
 * why: the newsletter does not reach them
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_noemail',
  name: 'customersWithoutEmail',
  title: 'Customers without an email',
  from: 'customer',
  where: (customer) => customer.email === undefined,
  columns: { name: { label: 'Name', value: (customer) => customer.name } },
  order: ['name'],
});
