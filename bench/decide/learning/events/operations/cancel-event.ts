/**
 * Cancels an event that is planned or announced.
 *
 * why: storms come in July
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
  roles: ['director'],
  transition: { field: 'state', from: ['planned', 'announced'], to: 'cancelled' },
  async run({ data, row }) {
    return data.event.update(row.id, { state: 'cancelled' });
  },
});
