/**
 * Discount of an order: five percent from 1,000 on, eight percent for canteens; the larger of both.
 *
 * why: big orders are less work for each box
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { max, money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_odisc',
  name: 'orderDiscount',
  on: 'order',
  governs: 'discount',
  decide: (order: Row<'order'>) =>
    max(
      order.customer.kind === 'canteen' ? percentOf(order.subtotal, 8) : money('0.00'),
      order.subtotal >= money('1000.00') ? percentOf(order.subtotal, 5) : money('0.00'),
    ),
});
