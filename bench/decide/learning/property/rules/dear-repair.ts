/**
 * Repairs that cost over 800 need the approval of a manager before their state changes.
 *
 * why: a contractor once billed us a new bathroom
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { approval, money, type Row } from 'theseus/sdk';

export default approval({
  id: 'r_dear',
  name: 'dearRepair',
  on: 'repair',
  by: 'manager',
  when: (repair: Row<'repair'>) => (repair.cost ?? money('0.00')) > money('800.00'),
  amount: (repair: Row<'repair'>) => repair.cost ?? money('0.00'),
  before: 'state',
});
