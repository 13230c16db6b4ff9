/**
 * Marks a promised pledge as received today.
 *
 * why: now the poster may show the logo
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_prec',
  name: 'receivePledge',
  on: 'pledge',
  http: { method: 'POST', path: '/api/pledges/{id}/receive', status: 200 },
  output: { row: 'pledge' },
  capabilities: { pledge: ['update'] },
  roles: ['director', 'producer'],
  transition: { field: 'state', from: ['promised'], to: 'received' },
  async run({ data, row, today }) {
    return data.pledge.update(row.id, { state: 'received', receivedOn: today });
  },
});
