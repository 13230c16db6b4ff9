/**
 * Cancels an event that is asked for, offered or confirmed, today.
 *
 * why: weddings are called off
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_evcan',
  name: 'cancelEvent',
  on: 'event',
  http: { method: 'POST', path: '/api/events/{id}/cancel', status: 200 },
  output: { row: 'event' },
  capabilities: { event: ['update'] },
  roles: ['owner', 'manager', 'planner'],
  transition: { field: 'state', from: ['asked', 'offered', 'confirmed'], to: 'cancelled' },
  async run({ data, row, today }) {
    return data.event.update(row.id, { state: 'cancelled', cancelledOn: today });
  },
});
