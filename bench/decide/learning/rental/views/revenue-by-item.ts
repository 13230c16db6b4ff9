/**
 * What each item has earned, by returned rentals, largest first.
 *
 * why: what to buy more of, and what to sell
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_rev',
  name: 'revenueByItem',
  title: 'Revenue by item',
  from: 'rental',
  where: (rental) => rental.state === 'returned',
  columns: {
    item: { label: 'Item', value: (rental) => rental.item.name },
    rentals: { label: 'Rentals', aggregate: 'count' },
    revenue: { label: 'Revenue', value: (rental) => rental.total, aggregate: 'sum' },
  },
  order: ['-revenue'],
});
