/**
 * Puts an order that is worked on aside until parts come.
 *
 * why: the lift is needed for the next car
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_wait',
  name: 'awaitParts',
  on: 'repairOrder',
  http: { method: 'POST', path: '/api/repair-orders/{id}/await-parts', status: 200 },
  output: { row: 'repairOrder' },
  capabilities: { repairOrder: ['update'] },
  transition: { field: 'state', from: ['working'], to: 'waiting' },
  async run({ data, row }) {
    return data.repairOrder.update(row.id, { state: 'waiting' });
  },
});
