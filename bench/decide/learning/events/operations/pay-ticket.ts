/**
 * Marks a reserved ticket as paid today.
 *
 * why: the money is there, the seat is theirs
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_tpay',
  name: 'payTicket',
  on: 'ticket',
  http: { method: 'POST', path: '/api/tickets/{id}/pay', status: 200 },
  output: { row: 'ticket' },
  capabilities: { ticket: ['update'] },
  transition: { field: 'state', from: ['reserved'], to: 'paid' },
  async run({ data, row, today }) {
    return data.ticket.update(row.id, { state: 'paid', paidOn: today });
  },
});
