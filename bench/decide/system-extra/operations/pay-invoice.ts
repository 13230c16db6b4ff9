/**
 * Marks an invoice as paid.
 *
 * why: the money came in
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_payinv',
  name: 'payInvoice',
  on: 'invoice',
  http: { method: 'POST', path: '/api/invoices/{id}/pay', status: 200 },
  output: { row: 'invoice' },
  capabilities: { invoice: ['update'] },
  async run({ data, row }) {
    if (row.paid === true) refuse('conflict', 'This invoice is paid already.');
    return data.invoice.update(row.id, { paid: true });
  },
});
