/**
 * Open orders with customer, day and total, newest first.
 *
 * why: what is to be packed today
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_openor',
  name: 'openOrders',
  title: 'Open orders',
  from: 'order',
  where: (order) => order.status === 'open',
  columns: {
    customer: { label: 'Customer', value: (order) => order.customer.name },
    placedOn: { label: 'Placed on', value: (order) => order.placedOn },
    total: { label: 'Total', value: (order) => order.total },
  },
  order: ['-placedOn'],
});
