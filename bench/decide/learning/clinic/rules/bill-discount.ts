/**
 * Discount of a bill: ten percent for patients without insurance, five percent from 300 on; the larger of both.
 *
 * why: who pays all alone gets some of it back
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { max, money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_bdisc',
  name: 'billDiscount',
  on: 'bill',
  governs: 'discount',
  decide: (bill: Row<'bill'>) =>
    max(
      bill.patient.insurance === 'none' ? percentOf(bill.subtotal, 10) : money('0.00'),
      bill.subtotal >= money('300.00') ? percentOf(bill.subtotal, 5) : money('0.00'),
    ),
});
