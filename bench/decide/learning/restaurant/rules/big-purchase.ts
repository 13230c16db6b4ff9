/**
 * Purchases over 600 need the approval of a manager before their state changes.
 *
 * why: somebody once ordered truffles for the staff
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { approval, money, type Row } from 'theseus/sdk';

export default approval({
  id: 'r_big',
  name: 'bigPurchase',
  on: 'purchase',
  by: 'manager',
  when: (purchase: Row<'purchase'>) => (purchase.amount ?? money('0.00')) > money('600.00'),
  amount: (purchase: Row<'purchase'>) => purchase.amount ?? money('0.00'),
  before: 'state',
});
