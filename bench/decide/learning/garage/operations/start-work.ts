/**
 * Starts the work on a planned or waiting order, once the owner of the car has agreed.
 *
 * why: owners did not want to pay for what they had not ordered
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, reference, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_start',
  name: 'startWork',
  on: 'repairOrder',
  http: { method: 'POST', path: '/api/repair-orders/{id}/start', status: 200 },
  input: { mechanic: reference({ id: 'f_stmech', no: 1, to: 'mechanic', required: true }) },
  output: { row: 'repairOrder' },
  capabilities: { repairOrder: ['update'], mechanic: ['read'] },
  roles: ['boss', 'desk', 'mechanic'],
  transition: { field: 'state', from: ['planned', 'waiting'], to: 'working' },
  async run({ data, row, input }) {
    if (row.ownerAgreed !== true) refuse('conflict', 'The owner has not agreed yet.');
    const mechanic = await data.mechanic.get(input.mechanic);
    if (mechanic.active !== true) refuse('conflict', `${mechanic.name} does not work here now.`);
    return data.repairOrder.update(row.id, { state: 'working', mechanic: mechanic.id });
  },
});
