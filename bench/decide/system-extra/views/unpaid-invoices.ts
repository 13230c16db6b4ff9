/**
 * Unpaid invoices by customer with count and total, largest first.
 *
 * why: whom to remind first
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_unpaid',
  name: 'unpaidInvoices',
  title: 'Unpaid invoices by customer',
  from: 'invoice',
  where: (invoice) => invoice.paid !== true,
  columns: {
    customer: { label: 'Customer', value: (invoice) => invoice.order.customer.name },
    count: { label: 'Invoices', aggregate: 'count' },
    total: { label: 'Total', value: (invoice) => invoice.total, aggregate: 'sum' },
  },
  order: ['-total'],
});
