/**
 * Rejects a complaint that was checked, with the reason.
 *
 * why: nobody is turned down before somebody looked
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_reject',
  name: 'rejectComplaint',
  on: 'complaint',
  http: { method: 'POST', path: '/api/complaints/{id}/reject', status: 200 },
  input: { reason: text({ id: 'f_rjwhy', no: 1, required: true }) },
  output: { row: 'complaint' },
  capabilities: { complaint: ['update'] },
  roles: ['owner'],
  transition: { field: 'status', from: ['checked'], to: 'rejected' },
  async run({ data, row, input }) {
    return data.complaint.update(row.id, { status: 'rejected', solution: input.reason });
  },
});
