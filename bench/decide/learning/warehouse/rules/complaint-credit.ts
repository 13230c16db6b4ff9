/**
 * What a customer gets back for a complaint that was accepted: the price of the goods, and for a late delivery ten percent of the order.
 *
 * why: who got less pays less
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_ccred',
  name: 'complaintCredit',
  on: 'complaint',
  governs: 'credit',
  decide: (complaint: Row<'complaint'>) => {
    if (complaint.status !== 'accepted') return money('0.00');
    if (complaint.kind === 'late') return percentOf(complaint.order.total, 10);
    return (complaint.quantity ?? 1) * (complaint.article?.price ?? money('0.00'));
  },
});
