/**
 * Cancels a lease that is a draft.
 *
 * why: people sign elsewhere
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_cancel',
  name: 'cancelLease',
  on: 'lease',
  http: { method: 'POST', path: '/api/leases/{id}/cancel', status: 200 },
  output: { row: 'lease' },
  capabilities: { lease: ['update'] },
  transition: { field: 'state', from: ['draft'], to: 'cancelled' },
  async run({ data, row }) {
    return data.lease.update(row.id, { state: 'cancelled' });
  },
});
