/**
 * Mechanics see bills that are paid, and no others.
 *
 * why: what is still owed is none of the hall's business
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_mbill',
  name: 'mechanicBills',
  on: 'bill',
  roles: ['mechanic'],
  rows: (bill) => bill.state === 'paid',
});
