/**
 * Finishes an ordered repair today, with what it cost.
 *
 * why: the bill lies on the desk when the work is done
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { money, operation } from 'theseus/sdk';

export default operation({
  id: 'o_finish',
  name: 'finishRepair',
  on: 'repair',
  http: { method: 'POST', path: '/api/repairs/{id}/finish', status: 200 },
  input: { cost: money({ id: 'f_frcost', no: 1, required: true, min: '0.00' }) },
  output: { row: 'repair' },
  capabilities: { repair: ['update'] },
  transition: { field: 'state', from: ['ordered'], to: 'done' },
  async run({ data, row, input, today }) {
    return data.repair.update(row.id, { state: 'done', doneOn: today, cost: input.cost });
  },
});
