/**
 * Makes the invoice of an order, with the next number of the series of the year.
 *
 * why: every delivery is billed, and the tax office wants numbers without a gap
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_issue',
  name: 'issueInvoice',
  on: 'order',
  http: { method: 'POST', path: '/api/orders/{id}/invoice', status: 201 },
  output: { row: 'invoice' },
  capabilities: { order: ['read'], invoice: ['read', 'create'] },
  async run({ data, row, today }) {
    if (row.status === 'cancelled') refuse('conflict', 'A cancelled order gets no invoice.');
    const known = await data.invoice.list({ filters: [{ field: 'order', op: 'eq', value: row.id }], limit: 1 });
    if (known.items.length > 0) refuse('conflict', 'This order has its invoice already.');
    const year = today.slice(0, 4);
    const last = await data.invoice.list({ sort: '-number', limit: 1 });
    const before = last.items[0]?.number ?? '';
    const next = before.startsWith(year) ? Number(before.slice(5)) + 1 : 1001;
    return data.invoice.create({ order: row.id, number: `${year}-${next}`, issueDate: today, total: row.total ?? 0, paid: false });
  },
});
