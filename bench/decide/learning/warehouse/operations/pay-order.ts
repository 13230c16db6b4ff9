/**
 * Marks an order that was shipped as paid.
 *
 * why: the money came in
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_pay',
  name: 'payOrder',
  on: 'order',
  http: { method: 'POST', path: '/api/orders/{id}/pay', status: 200 },
  output: { row: 'order' },
  capabilities: { order: ['update'] },
  transition: { field: 'status', from: ['shipped'], to: 'paid' },
  async run({ data, row }) {
    return data.order.update(row.id, { status: 'paid' });
  },
});
