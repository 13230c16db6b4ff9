/**
 * Discount of an order: five percent for regulars, eight percent when labour and parts are 1000 or more; the larger of both.
 *
 * why: regulars and big jobs pay less
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { max, money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_rdisc',
  name: 'repairDiscount',
  on: 'repairOrder',
  governs: 'discount',
  decide: (order: Row<'repairOrder'>) =>
    max(
      order.car.owner.regular === true ? percentOf(order.labour + order.partsTotal, 5) : money('0.00'),
      order.labour + order.partsTotal >= money('1000.00') ? percentOf(order.labour + order.partsTotal, 8) : money('0.00'),
    ),
});
