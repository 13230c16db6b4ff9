/**
 * Rentals that are out and should have been back, the longest overdue first.
 *
 * why: whom to call in the morning
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { today, view } from 'theseus/sdk';

export default view({
  id: 'v_over',
  name: 'overdueRentals',
  title: 'Overdue rentals',
  from: 'rental',
  where: (rental) => rental.state === 'out' && rental.until < today(),
  columns: {
    number: { label: 'Number', value: (rental) => rental.number },
    customer: { label: 'Customer', value: (rental) => rental.customer.name },
    phone: { label: 'Phone', value: (rental) => rental.customer.phone },
    item: { label: 'Item', value: (rental) => rental.item.name },
    until: { label: 'Until', value: (rental) => rental.until },
  },
  order: ['until'],
});
