/**
 * Orders over 5,000 need the approval of the owner before their status changes.
 *
 * why: one big customer who does not pay ruins the year
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { approval, money, type Row } from 'theseus/sdk';

export default approval({
  id: 'r_large',
  name: 'largeOrder',
  on: 'order',
  by: 'owner',
  when: (order: Row<'order'>) => order.total > money('5000.00'),
  amount: (order: Row<'order'>) => order.total,
  before: 'status',
});
