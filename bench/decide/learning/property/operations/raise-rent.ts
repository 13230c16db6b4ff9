/**
 * Raises the monthly rent of an active lease by one to seven percent.
 *
 * why: the index moves, and the law says how far
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { integer, operation, percentOf, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_raise',
  name: 'raiseRent',
  on: 'lease',
  http: { method: 'POST', path: '/api/leases/{id}/raise', status: 200 },
  input: { percent: integer({ id: 'f_rrperc', no: 1, required: true, min: 1, max: 7 }) },
  output: { row: 'lease' },
  capabilities: { lease: ['update'] },
  roles: ['owner', 'manager'],
  async run({ data, row, input }) {
    if (row.state !== 'active') refuse('conflict', 'Only a running lease has a rent to raise.');
    return data.lease.update(row.id, { monthlyRent: row.monthlyRent + percentOf(row.monthlyRent, input.percent) });
  },
});
