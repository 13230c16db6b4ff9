/**
 * Tenants see their own leases, and no others.
 *
 * why: what the neighbour pays is not their business
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_own',
  name: 'ownLeases',
  on: 'lease',
  roles: ['tenant'],
  rows: (lease, caller) => lease.tenant.login === caller.id,
});
