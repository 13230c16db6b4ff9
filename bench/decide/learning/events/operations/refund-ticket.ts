/**
 * Takes a paid ticket back, today.
 *
 * why: people fall ill
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_refund',
  name: 'refundTicket',
  on: 'ticket',
  http: { method: 'POST', path: '/api/tickets/{id}/refund', status: 200 },
  output: { row: 'ticket' },
  capabilities: { ticket: ['update'] },
  roles: ['director', 'producer', 'booker'],
  transition: { field: 'state', from: ['paid'], to: 'refunded' },
  async run({ data, row, today }) {
    return data.ticket.update(row.id, { state: 'refunded', givenBackOn: today });
  },
});
