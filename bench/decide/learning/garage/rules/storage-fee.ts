/**
 * Storage fee: 12 a day for a finished car that is collected more than three days after it was finished, for each day beyond.
 *
 * why: the yard is full of cars that nobody fetches
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { daysBetween, money, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_store',
  name: 'storageFee',
  on: 'repairOrder',
  governs: 'storageFee',
  decide: (order: Row<'repairOrder'>) =>
    order.finishedOn !== undefined && order.collectedOn !== undefined && daysBetween(order.finishedOn, order.collectedOn) > 3
      ? (daysBetween(order.finishedOn, order.collectedOn) - 3) * money('12.00')
      : money('0.00'),
});
