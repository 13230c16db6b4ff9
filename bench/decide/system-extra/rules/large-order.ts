/**
 * Orders over 10,000 need the approval of a manager before their status changes.
 *
 * why: one wrong large order cost more than a month brings
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { approval, money, type Row } from 'theseus/sdk';

export default approval({
  id: 'r_large',
  name: 'largeOrder',
  on: 'order',
  by: 'manager',
  when: (order: Row<'order'>) => order.total > money('10000.00'),
  amount: (order: Row<'order'>) => order.total,
  before: 'status',
});
