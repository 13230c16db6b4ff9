/**
 * Orders a reported repair from a contractor.
 *
 * why: one of us orders, the others see it
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, reference } from 'theseus/sdk';

export default operation({
  id: 'o_order',
  name: 'orderRepair',
  on: 'repair',
  http: { method: 'POST', path: '/api/repairs/{id}/order', status: 200 },
  input: { contractor: reference({ id: 'f_orcont', no: 1, to: 'contractor', required: true }) },
  output: { row: 'repair' },
  capabilities: { repair: ['update'] },
  roles: ['owner', 'manager', 'office'],
  transition: { field: 'state', from: ['reported'], to: 'ordered' },
  async run({ data, row, input }) {
    return data.repair.update(row.id, { state: 'ordered', contractor: input.contractor });
  },
});
