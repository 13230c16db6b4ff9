/**
 * Marks a fee that is open or overdue as paid today.
 *
 * why: the money came in
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_payfee',
  name: 'payFee',
  on: 'fee',
  http: { method: 'POST', path: '/api/fees/{id}/pay', status: 200 },
  output: { row: 'fee' },
  capabilities: { fee: ['update'] },
  roles: ['owner', 'office'],
  transition: { field: 'status', from: ['open', 'overdue'], to: 'paid' },
  async run({ data, row, today }) {
    return data.fee.update(row.id, { status: 'paid', paidOn: today });
  },
});
