/**
 * Late fee: the daily price once and a half for each day after the last one.
 *
 * why: the next customer stood here and waited
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { daysBetween, money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_late',
  name: 'lateFee',
  on: 'rental',
  governs: 'lateFee',
  decide: (rental: Row<'rental'>) =>
    rental.returnedOn !== undefined && rental.returnedOn > rental.until
      ? daysBetween(rental.until, rental.returnedOn) * percentOf(rental.item.dailyPrice, 150)
      : money('0.00'),
});
