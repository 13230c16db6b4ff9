/**
 * Announces a planned event that has a confirmed performer.
 *
 * why: we announced a band that never signed
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_ann',
  name: 'announceEvent',
  on: 'event',
  http: { method: 'POST', path: '/api/events/{id}/announce', status: 200 },
  output: { row: 'event' },
  capabilities: { event: ['update'], gig: ['read'] },
  roles: ['director', 'producer'],
  transition: { field: 'state', from: ['planned'], to: 'announced' },
  async run({ data, row }) {
    const gigs = await data.gig.list({
      filters: [
        { field: 'event', op: 'eq', value: row.id },
        { field: 'state', op: 'eq', value: 'confirmed' },
      ],
    });
    if (gigs.items.length === 0) refuse('conflict', 'Nobody is confirmed for this event yet.');
    return data.event.update(row.id, { state: 'announced' });
  },
});
