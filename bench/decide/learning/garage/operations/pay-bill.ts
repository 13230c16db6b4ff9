/**
 * Marks an open bill as paid today.
 *
 * why: the money came
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_pay',
  name: 'payBill',
  on: 'bill',
  http: { method: 'POST', path: '/api/bills/{id}/pay', status: 200 },
  output: { row: 'bill' },
  capabilities: { bill: ['update'] },
  transition: { field: 'state', from: ['open'], to: 'paid' },
  async run({ data, row, today }) {
    return data.bill.update(row.id, { state: 'paid', paidOn: today });
  },
});
