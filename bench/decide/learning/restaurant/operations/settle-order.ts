/**
 * Settles an open order: how it was paid, and the tip.
 *
 * why: the waiter wants to go home
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, money, operation } from 'theseus/sdk';

export default operation({
  id: 'o_settle',
  name: 'settleOrder',
  on: 'order',
  http: { method: 'POST', path: '/api/orders/{id}/settle', status: 200 },
  input: {
    paidBy: choice({ id: 'f_sopaid', no: 1, required: true, choices: { cash: 'c_socash', card: 'c_socard', voucher: 'c_sovouc' } }),
    tip: money({ id: 'f_sotip', no: 2, min: '0.00', default: '0.00' }),
  },
  output: { row: 'order' },
  capabilities: { order: ['update'] },
  roles: ['owner', 'manager', 'waiter'],
  transition: { field: 'state', from: ['open'], to: 'paid' },
  async run({ data, row, input }) {
    return data.order.update(row.id, { state: 'paid', paidBy: input.paidBy, tip: input.tip });
  },
});
