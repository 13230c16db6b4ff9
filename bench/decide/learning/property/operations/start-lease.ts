/**
 * Starts a lease that is drafted, once the deposit is paid and the flat is vacant.
 *
 * why: keys were given away before the money was there
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_start',
  name: 'startLease',
  on: 'lease',
  http: { method: 'POST', path: '/api/leases/{id}/start', status: 200 },
  output: { row: 'lease' },
  capabilities: { lease: ['update'], flat: ['read', 'update'] },
  roles: ['owner', 'manager', 'office'],
  transition: { field: 'state', from: ['draft'], to: 'active' },
  async run({ data, row }) {
    if (row.depositPaid !== true) refuse('conflict', 'The deposit is not paid yet.');
    const flat = await data.flat.get(row.flat);
    if (flat.state !== 'vacant') refuse('conflict', `${flat.code} is not vacant.`);
    await data.flat.update(flat.id, { state: 'let' });
    return data.lease.update(row.id, { state: 'active' });
  },
});
