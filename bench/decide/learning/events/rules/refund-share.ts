/**
 * Refund of a ticket that is given back: four fifths of its total until seven days before the event, nothing later.
 *
 * why: an empty seat on the day itself cannot be sold again
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { daysBetween, money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_refund',
  name: 'refundShare',
  on: 'ticket',
  governs: 'refund',
  decide: (ticket: Row<'ticket'>) =>
    ticket.givenBackOn !== undefined && daysBetween(ticket.givenBackOn, ticket.event.date) >= 7
      ? percentOf(ticket.total, 80)
      : money('0.00'),
});
