/**
 * Writes the bill of a finished or collected order over its total.
 *
 * why: no bill before the work is done
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_bill',
  name: 'writeBill',
  on: 'repairOrder',
  http: { method: 'POST', path: '/api/repair-orders/{id}/bill', status: 201 },
  input: { number: text({ id: 'f_wbnumb', no: 1, required: true }) },
  output: { row: 'bill' },
  capabilities: { bill: ['create'] },
  roles: ['boss', 'desk'],
  async run({ data, row, input, today }) {
    if (row.state !== 'finished' && row.state !== 'collected') refuse('conflict', 'The work is not done yet.');
    return data.bill.create({ number: input.number, repairOrder: row.id, amount: row.total, issuedOn: today, state: 'open' });
  },
});
