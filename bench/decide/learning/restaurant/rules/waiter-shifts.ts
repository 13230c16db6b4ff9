/**
 * Waiters see all shifts, and change only their own that are planned.
 *
 * why: they swapped shifts of others
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_shift',
  name: 'waiterShifts',
  on: 'shift',
  roles: ['waiter'],
  rows: () => true,
  write: (shift, caller) => shift.employee.login === caller.id && shift.state === 'planned',
});
