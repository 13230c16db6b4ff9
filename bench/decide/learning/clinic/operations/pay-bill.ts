/**
 * Marks a bill that was sent as paid.
 *
 * why: the money came in
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_paybill',
  name: 'payBill',
  on: 'bill',
  http: { method: 'POST', path: '/api/bills/{id}/pay', status: 200 },
  output: { row: 'bill' },
  capabilities: { bill: ['update'] },
  transition: { field: 'status', from: ['sent'], to: 'paid' },
  async run({ data, row }) {
    return data.bill.update(row.id, { status: 'paid' });
  },
});
