/**
 * Confirms an order of a customer who is not blocked.
 *
 * why: who does not pay gets nothing new
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_confirm',
  name: 'confirmOrder',
  on: 'order',
  http: { method: 'POST', path: '/api/orders/{id}/confirm', status: 200 },
  output: { row: 'order' },
  capabilities: { order: ['update'], customer: ['read'] },
  roles: ['owner', 'sales'],
  transition: { field: 'status', from: ['draft'], to: 'confirmed' },
  async run({ data, row }) {
    const customer = await data.customer.get(row.customer);
    if (customer.blocked === true) refuse('conflict', `${customer.name} is blocked.`);
    return data.order.update(row.id, { status: 'confirmed' });
  },
});
