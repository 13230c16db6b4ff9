/**
 * Fees over 1,200 need the approval of the owner before their status changes.
 *
 * why: a whole company course was waived by mistake
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { approval, money, type Row } from 'theseus/sdk';

export default approval({
  id: 'r_large',
  name: 'largeFee',
  on: 'fee',
  by: 'owner',
  when: (fee: Row<'fee'>) => fee.amount > money('1200.00'),
  amount: (fee: Row<'fee'>) => fee.amount,
  before: 'status',
});
