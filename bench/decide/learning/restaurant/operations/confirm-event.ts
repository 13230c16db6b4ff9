/**
 * Confirms an event that was offered, once its deposit is paid.
 *
 * why: we cooked for a wedding that never was
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_confirm',
  name: 'confirmEvent',
  on: 'event',
  http: { method: 'POST', path: '/api/events/{id}/confirm', status: 200 },
  output: { row: 'event' },
  capabilities: { event: ['update'] },
  roles: ['owner', 'manager', 'planner'],
  transition: { field: 'state', from: ['offered'], to: 'confirmed' },
  async run({ data, row }) {
    if (row.depositPaid !== true) refuse('conflict', 'The deposit is not paid yet.');
    return data.event.update(row.id, { state: 'confirmed' });
  },
});
