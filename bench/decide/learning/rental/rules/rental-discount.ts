/**
 * Discount of a rental: ten percent for club members, fifteen percent from seven days on; the larger of both.
 *
 * why: regulars and long tours pay less
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { max, money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_disc',
  name: 'rentalDiscount',
  on: 'rental',
  governs: 'discount',
  decide: (rental: Row<'rental'>) =>
    max(
      rental.customer.membership === 'club' ? percentOf(rental.basePrice, 10) : money('0.00'),
      (rental.days ?? 1) >= 7 ? percentOf(rental.basePrice, 15) : money('0.00'),
    ),
});
