/**
 * An order with an estimate over 1500 needs the approval of the boss before its state changes.
 *
 * why: we ordered an engine that nobody paid for
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { approval, money, type Row } from 'theseus/sdk';

export default approval({
  id: 'r_big',
  name: 'bigEstimate',
  on: 'repairOrder',
  by: 'boss',
  when: (order: Row<'repairOrder'>) => (order.estimate ?? money('0.00')) > money('1500.00'),
  amount: (order: Row<'repairOrder'>) => order.estimate ?? money('0.00'),
  before: 'state',
});
