/**
 * Gives a finished car back to its owner, today.
 *
 * why: we must know what is still in the yard
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_handb',
  name: 'handBack',
  on: 'repairOrder',
  http: { method: 'POST', path: '/api/repair-orders/{id}/hand-back', status: 200 },
  output: { row: 'repairOrder' },
  capabilities: { repairOrder: ['update'] },
  roles: ['boss', 'desk'],
  transition: { field: 'state', from: ['finished'], to: 'collected' },
  async run({ data, row, today }) {
    return data.repairOrder.update(row.id, { state: 'collected', collectedOn: today });
  },
});
