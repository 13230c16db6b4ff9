/**
 * Discount of a ticket: ten percent for friends, fifteen percent when it is reserved thirty days before the event or earlier; both are added.
 *
 * why: friends and early birds fill the hall
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { daysBetween, money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_tdisc',
  name: 'ticketDiscount',
  on: 'ticket',
  governs: 'discount',
  decide: (ticket: Row<'ticket'>) =>
    (ticket.guest.friend === true ? percentOf(ticket.price, 10) : money('0.00')) +
    (daysBetween(ticket.reservedOn, ticket.event.date) >= 30 ? percentOf(ticket.price, 15) : money('0.00')),
});
