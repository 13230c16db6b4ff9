/**
 * A quote offers goods to a customer at a price that holds until a day.
 *
 * why: customers of larger orders want to know the price before they order
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { choice, date, entity, integer, list, money, reference, type Row, sum, text } from 'theseus/sdk';
import quoteDiscount from '../rules/quote-discount.ts';

export default entity({
  id: 'e_quote',
  name: 'quote',
  plural: 'quotes',
  title: 'number',
  fields: {
    number: text({ id: 'f_qnumb', no: 1, required: true, unique: true }),
    customer: reference({ id: 'f_qcust', no: 2, to: 'customer', required: true }),
    validUntil: date({ id: 'f_qvalid', no: 3 }),
    status: choice({
      id: 'f_qstat',
      no: 4,
      choices: { draft: 'c_qdraft', sent: 'c_qsent', accepted: 'c_qacc', expired: 'c_qexp' },
      default: 'draft',
    }),
    lines: list({
      id: 'f_qlines',
      no: 5,
      item: 'line',
      itemId: 'e_qline',
      fields: {
        product: reference({ id: 'f_qlprod', no: 1, to: 'product', required: true }),
        quantity: integer({ id: 'f_qlqty', no: 2, required: true, min: 1 }),
        unitPrice: money({ id: 'f_qlprice', no: 3, required: true }),
      },
    }),
    subtotal: money({
      id: 'f_qsub',
      no: 6,
      live: (quote: Row<'quote'>) => sum(quote.lines, (line) => line.quantity * line.unitPrice),
    }),
    discount: money({
      id: 'f_qdisc',
      no: 7,
      fixed: { while: (quote: Row<'quote'>) => quote.status === 'draft', formula: quoteDiscount, otherwise: money('0.00') },
    }),
    total: money({ id: 'f_qtotal', no: 8, live: (quote: Row<'quote'>) => quote.subtotal - (quote.discount ?? money('0.00')) }),
  },
});
