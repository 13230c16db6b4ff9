/**
 * Lets the guest of a paid ticket in, on the day of the event.
 *
 * why: one ticket came in three times
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_checkin',
  name: 'checkIn',
  on: 'ticket',
  http: { method: 'POST', path: '/api/tickets/{id}/check-in', status: 200 },
  output: { row: 'ticket' },
  capabilities: { ticket: ['update'], event: ['read'] },
  roles: ['director', 'producer', 'door'],
  transition: { field: 'state', from: ['paid'], to: 'used' },
  async run({ data, row, today }) {
    const event = await data.event.get(row.event);
    if (event.date !== today) refuse('conflict', `${event.name} is not today.`);
    return data.ticket.update(row.id, { state: 'used' });
  },
});
