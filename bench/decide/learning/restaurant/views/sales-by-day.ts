/**
 * What was taken each day by paid orders, newest day first.
 *
 * why: the first thing I look at with my coffee
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_sales',
  name: 'salesByDay',
  title: 'Sales by day',
  from: 'order',
  where: (order) => order.state === 'paid',
  columns: {
    day: { label: 'Day', value: (order) => order.placedOn },
    orders: { label: 'Orders', aggregate: 'count' },
    sales: { label: 'Sales', value: (order) => order.total, aggregate: 'sum' },
  },
  order: ['-day'],
});
