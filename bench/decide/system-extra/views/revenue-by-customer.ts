/**
 * What each customer has paid and received, largest first.
 *
 * why: the best customers get a card at Christmas
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_revcus',
  name: 'revenueByCustomer',
  title: 'Revenue by customer',
  from: 'order',
  where: (order) => order.status === 'paid' || order.status === 'shipped',
  columns: {
    customer: { label: 'Customer', value: (order) => order.customer.name },
    orders: { label: 'Orders', aggregate: 'count' },
    revenue: { label: 'Revenue', value: (order) => order.total, aggregate: 'sum' },
  },
  order: ['-revenue'],
});
