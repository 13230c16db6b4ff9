/**
 * A rental lends one item to a customer for some days.
 *
 * why: the business lives from it
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, boolean, choice, count, date, daysBetween, entity, integer, money, reference, type Row, text } from 'theseus/sdk';
import lateFee from '../rules/late-fee.ts';
import rentalDiscount from '../rules/rental-discount.ts';

export default entity({
  id: 'e_rent',
  name: 'rental',
  plural: 'rentals',
  title: 'number',
  fields: {
    number: text({ id: 'f_renumb', no: 1, required: true, unique: true }),
    customer: reference({ id: 'f_recust', no: 2, to: 'customer', required: true }),
    item: reference({ id: 'f_reitem', no: 3, to: 'item', required: true }),
    from: date({ id: 'f_refrom', no: 4, required: true }),
    until: date({ id: 'f_reuntil', no: 5, required: true }),
    returnedOn: date({ id: 'f_reret', no: 6 }),
    state: choice({
      id: 'f_restate',
      no: 7,
      choices: { booked: 'c_rbook', out: 'c_rout', returned: 'c_rret', cancelled: 'c_rcanc' },
      default: 'booked',
    }),
    depositPaid: boolean({ id: 'f_redepp', no: 8, default: false }),
    days: integer({ id: 'f_redays', no: 9, live: (rental: Row<'rental'>) => daysBetween(rental.from, rental.until) + 1 }),
    basePrice: money({ id: 'f_rebase', no: 10, live: (rental: Row<'rental'>) => (rental.days ?? 1) * rental.item.dailyPrice }),
    discount: money({
      id: 'f_redisc',
      no: 11,
      fixed: { while: (rental: Row<'rental'>) => rental.state === 'booked', formula: rentalDiscount, otherwise: money('0.00') },
    }),
    lateFee: money({ id: 'f_relate', no: 12, live: lateFee }),
    total: money({
      id: 'f_retot',
      no: 13,
      live: (rental: Row<'rental'>) => rental.basePrice - (rental.discount ?? money('0.00')) + (rental.lateFee ?? money('0.00')),
    }),
  },
  invariants: {
    rightWayRound: { holds: (rental: Row<'rental'>) => rental.until >= rental.from, message: 'a rental ends on its first day or later' },
    notTooLong: {
      holds: (rental: Row<'rental'>) => rental.until <= addDays(rental.from, 27),
      message: 'nothing is rented for more than 28 days',
    },
    once: {
      holds: (rental: Row<'rental'>) =>
        rental.state === 'cancelled' ||
        rental.state === 'returned' ||
        count(
          rental.item.rentals.filter(
            (other) =>
              other.state !== 'cancelled' && other.state !== 'returned' && other.from <= rental.until && rental.from <= other.until,
          ),
        ) <= 1,
      message: 'the item is promised to somebody else on these days',
    },
  },
});
