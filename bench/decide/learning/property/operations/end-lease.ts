/**
 * Ends an active lease today; its flat goes into renovation.
 *
 * why: after each tenant we paint
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_end',
  name: 'endLease',
  on: 'lease',
  http: { method: 'POST', path: '/api/leases/{id}/end', status: 200 },
  output: { row: 'lease' },
  capabilities: { lease: ['update'], flat: ['update'] },
  roles: ['owner', 'manager'],
  transition: { field: 'state', from: ['active'], to: 'ended' },
  async run({ data, row, today }) {
    if (row.noticeOn === undefined) refuse('conflict', 'Nobody has given notice.');
    await data.flat.update(row.flat, { state: 'renovation' });
    return data.lease.update(row.id, { state: 'ended', until: today });
  },
});
