/**
 * Voids an open order.
 *
 * why: the wrong table, the wrong dish, the wrong day
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_void',
  name: 'voidOrder',
  on: 'order',
  http: { method: 'POST', path: '/api/orders/{id}/void', status: 200 },
  output: { row: 'order' },
  capabilities: { order: ['update'] },
  roles: ['owner', 'manager'],
  transition: { field: 'state', from: ['open'], to: 'void' },
  async run({ data, row }) {
    return data.order.update(row.id, { state: 'void' });
  },
});
