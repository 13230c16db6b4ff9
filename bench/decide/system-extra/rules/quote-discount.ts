/**
 * Discount of a quote: ten percent for gold customers, five percent from 1,000 on; the larger of both.
 *
 * why: good customers and large quotes get a better price, and the margin bears no more than one of both
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { max, money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_qdisc',
  name: 'quoteDiscount',
  on: 'quote',
  governs: 'discount',
  decide: (quote: Row<'quote'>) =>
    max(
      quote.customer.tier === 'gold' ? percentOf(quote.subtotal, 10) : money('0.00'),
      quote.subtotal >= money('1000.00') ? percentOf(quote.subtotal, 5) : money('0.00'),
    ),
});
