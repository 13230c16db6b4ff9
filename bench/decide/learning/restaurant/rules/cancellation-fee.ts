/**
 * Fee of a cancelled event: half of its total less than 7 days before, a fifth less than 30 days before, else nothing.
 *
 * why: the salmon was bought already
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { daysBetween, money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_cancel',
  name: 'cancellationFee',
  on: 'event',
  governs: 'fee',
  decide: (event: Row<'event'>) => {
    if (event.state !== 'cancelled' || event.cancelledOn === undefined) return money('0.00');
    const days = daysBetween(event.cancelledOn, event.day);
    if (days < 7) return percentOf(event.total ?? money('0.00'), 50);
    return days < 30 ? percentOf(event.total ?? money('0.00'), 20) : money('0.00');
  },
});
