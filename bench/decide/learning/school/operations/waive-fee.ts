/**
 * Waives a fee that is open or overdue, with the reason.
 *
 * why: hard cases exist, and one person decides them
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_waive',
  name: 'waiveFee',
  on: 'fee',
  http: { method: 'POST', path: '/api/fees/{id}/waive', status: 200 },
  input: { reason: text({ id: 'f_wawhy', no: 1, required: true }) },
  output: { row: 'fee' },
  capabilities: { fee: ['update'] },
  roles: ['owner'],
  transition: { field: 'status', from: ['open', 'overdue'], to: 'waived' },
  async run({ data, row, input }) {
    return data.fee.update(row.id, { status: 'waived', reason: input.reason });
  },
});
