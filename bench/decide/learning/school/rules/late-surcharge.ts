/**
 * Surcharge of a fee that is overdue: four percent of its amount.
 *
 * why: late money costs us interest
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_late',
  name: 'lateSurcharge',
  on: 'fee',
  governs: 'surcharge',
  decide: (fee: Row<'fee'>) => (fee.status === 'overdue' ? percentOf(fee.amount, 4) : money('0.00')),
});
