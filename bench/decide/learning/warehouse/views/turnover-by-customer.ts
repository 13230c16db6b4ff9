/**
 * What each customer has paid us, with count and total of paid orders, largest first.
 *
 * why: who keeps us alive
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_turn',
  name: 'turnoverByCustomer',
  title: 'Turnover by customer',
  from: 'order',
  where: (order) => order.status === 'paid',
  columns: {
    customer: { label: 'Customer', value: (order) => order.customer.name },
    orders: { label: 'Orders', aggregate: 'count' },
    total: { label: 'Total', value: (order) => order.total, aggregate: 'sum' },
  },
  order: ['-total'],
});
