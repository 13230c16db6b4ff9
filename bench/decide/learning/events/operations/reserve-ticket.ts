/**
 * Reserves a ticket of an announced event for a guest who is not banned.
 *
 * why: fights in the first row
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, money, operation, reference, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_res',
  name: 'reserveTicket',
  http: { method: 'POST', path: '/api/tickets/reserve', status: 201 },
  input: {
    number: text({ id: 'f_rsnumb', no: 1, required: true }),
    event: reference({ id: 'f_rsevent', no: 2, to: 'event', required: true }),
    guest: reference({ id: 'f_rsguest', no: 3, to: 'guest', required: true }),
    price: money({ id: 'f_rsprice', no: 4, required: true, min: '5.00', max: '450.00' }),
    category: choice({
      id: 'f_rscat',
      no: 5,
      choices: { standing: 'c_ustand', seated: 'c_useat', balcony: 'c_ubalc', vip: 'c_uvip' },
      default: 'seated',
    }),
  },
  output: { row: 'ticket' },
  capabilities: { event: ['read'], guest: ['read'], ticket: ['create'] },
  async run({ data, input, today }) {
    const guest = await data.guest.get(input.guest);
    if (guest.banned === true) refuse('conflict', `${guest.name} is banned.`);
    const event = await data.event.get(input.event);
    if (event.state !== 'announced') refuse('conflict', `${event.name} is not on sale.`);
    return data.ticket.create({ ...input, reservedOn: today, state: 'reserved' });
  },
});
