/**
 * Lets a rent go that is open or reminded.
 *
 * why: sometimes the heating was off for weeks
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_waive',
  name: 'waiveRent',
  on: 'rent',
  http: { method: 'POST', path: '/api/rents/{id}/waive', status: 200 },
  output: { row: 'rent' },
  capabilities: { rent: ['update'] },
  roles: ['owner'],
  transition: { field: 'state', from: ['open', 'reminded'], to: 'waived' },
  async run({ data, row }) {
    return data.rent.update(row.id, { state: 'waived' });
  },
});
