/**
 * Damage that costs over 250 needs the approval of a manager before its state changes.
 *
 * why: customers disputed what the counter had guessed
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { approval, money, type Row } from 'theseus/sdk';

export default approval({
  id: 'r_dear',
  name: 'dearDamage',
  on: 'damage',
  by: 'manager',
  when: (damage: Row<'damage'>) => damage.cost > money('250.00'),
  amount: (damage: Row<'damage'>) => damage.cost,
  before: 'state',
});
