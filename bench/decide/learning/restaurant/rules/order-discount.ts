/**
 * Discount of an order: five percent for regular guests, ten percent for takeaway; the larger of both.
 *
 * why: who comes back, and who needs no table, pays less
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { max, money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_disc',
  name: 'orderDiscount',
  on: 'order',
  governs: 'discount',
  decide: (order: Row<'order'>) =>
    max(
      order.guest?.status === 'regular' ? percentOf(order.subtotal ?? money('0.00'), 5) : money('0.00'),
      order.kind === 'takeaway' ? percentOf(order.subtotal ?? money('0.00'), 10) : money('0.00'),
    ),
});
