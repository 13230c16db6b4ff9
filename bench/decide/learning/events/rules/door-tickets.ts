/**
 * The door sees tickets that are paid or used, and no others.
 *
 * why: reserved is not paid, and people discuss
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_door',
  name: 'doorTickets',
  on: 'ticket',
  roles: ['door'],
  rows: (ticket) => ticket.state === 'paid' || ticket.state === 'used',
});
