/**
 * Finishes an order that is worked on: it is finished today.
 *
 * why: the owner is called when the car is done
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_finish',
  name: 'finishOrder',
  on: 'repairOrder',
  http: { method: 'POST', path: '/api/repair-orders/{id}/finish', status: 200 },
  output: { row: 'repairOrder' },
  capabilities: { repairOrder: ['update'] },
  roles: ['boss', 'mechanic'],
  transition: { field: 'state', from: ['working'], to: 'finished' },
  async run({ data, row, today }) {
    if ((row.hours ?? 0) < 1) refuse('conflict', 'Write down the hours first.');
    return data.repairOrder.update(row.id, { state: 'finished', finishedOn: today });
  },
});
