/**
 * Voids an open bill.
 *
 * why: a wrong bill is not thrown away, it is marked
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_void',
  name: 'voidBill',
  on: 'bill',
  http: { method: 'POST', path: '/api/bills/{id}/void', status: 200 },
  output: { row: 'bill' },
  capabilities: { bill: ['update'] },
  roles: ['boss'],
  transition: { field: 'state', from: ['open'], to: 'void' },
  async run({ data, row }) {
    return data.bill.update(row.id, { state: 'void' });
  },
});
