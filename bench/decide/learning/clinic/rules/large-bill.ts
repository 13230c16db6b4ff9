/**
 * Bills over 900 need the approval of the owner before their status changes.
 *
 * why: a bill with a zero too many went out once
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { approval, money, type Row } from 'theseus/sdk';

export default approval({
  id: 'r_large',
  name: 'largeBill',
  on: 'bill',
  by: 'owner',
  when: (bill: Row<'bill'>) => bill.total > money('900.00'),
  amount: (bill: Row<'bill'>) => bill.total,
  before: 'status',
});
