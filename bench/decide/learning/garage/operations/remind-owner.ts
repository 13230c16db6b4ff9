/**
 * Counts a further reminder of an open bill, at most three.
 *
 * why: after the third the lawyer has it
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_remind',
  name: 'remindOwner',
  on: 'bill',
  http: { method: 'POST', path: '/api/bills/{id}/remind', status: 200 },
  output: { row: 'bill' },
  capabilities: { bill: ['update'] },
  async run({ data, row }) {
    if (row.state !== 'open') refuse('conflict', 'This bill is not open.');
    if ((row.reminders ?? 0) >= 3) refuse('conflict', 'Three reminders were sent already.');
    return data.bill.update(row.id, { reminders: (row.reminders ?? 0) + 1 });
  },
});
