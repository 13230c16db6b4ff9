/**
 * Counts a reminder of a fee that is overdue, three at most.
 *
 * why: the fourth letter goes to the lawyer
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_remind',
  name: 'remindFee',
  on: 'fee',
  http: { method: 'POST', path: '/api/fees/{id}/remind', status: 200 },
  output: { row: 'fee' },
  capabilities: { fee: ['update'] },
  async run({ data, row }) {
    if (row.status !== 'overdue') refuse('conflict', 'Only what is overdue is reminded of.');
    if (row.reminders >= 3) refuse('conflict', 'There were three reminders already.');
    return data.fee.update(row.id, { reminders: row.reminders + 1 });
  },
});
