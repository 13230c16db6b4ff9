/**
 * Declines a gig that was asked for or confirmed.
 *
 * why: singers lose their voices
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_gdecl',
  name: 'declineGig',
  on: 'gig',
  http: { method: 'POST', path: '/api/gigs/{id}/decline', status: 200 },
  output: { row: 'gig' },
  capabilities: { gig: ['update'] },
  transition: { field: 'state', from: ['asked', 'confirmed'], to: 'declined' },
  async run({ data, row }) {
    return data.gig.update(row.id, { state: 'declined' });
  },
});
