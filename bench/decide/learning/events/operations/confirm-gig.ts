/**
 * Confirms a gig that a performer was asked for, unless the performer has split up.
 *
 * why: the contract is signed
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_gconf',
  name: 'confirmGig',
  on: 'gig',
  http: { method: 'POST', path: '/api/gigs/{id}/confirm', status: 200 },
  output: { row: 'gig' },
  capabilities: { gig: ['update'], performer: ['read'] },
  roles: ['director', 'producer'],
  transition: { field: 'state', from: ['asked'], to: 'confirmed' },
  async run({ data, row }) {
    const performer = await data.performer.get(row.performer);
    if (performer.status === 'split') refuse('conflict', `${performer.name} do not exist any more.`);
    return data.gig.update(row.id, { state: 'confirmed' });
  },
});
