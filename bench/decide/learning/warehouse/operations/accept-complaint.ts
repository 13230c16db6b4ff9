/**
 * Accepts a complaint, with what we do about it.
 *
 * why: the customer is told one thing by all of us
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_accept',
  name: 'acceptComplaint',
  on: 'complaint',
  http: { method: 'POST', path: '/api/complaints/{id}/accept', status: 200 },
  input: { solution: text({ id: 'f_acsol', no: 1, required: true }) },
  output: { row: 'complaint' },
  capabilities: { complaint: ['update'] },
  roles: ['owner', 'sales'],
  transition: { field: 'status', from: ['open', 'checked'], to: 'accepted' },
  async run({ data, row, input }) {
    return data.complaint.update(row.id, { status: 'accepted', solution: input.solution });
  },
});
