/**
 * Reduction of the monthly rent: two percent after five years, three percent for a standing order; both are added up.
 *
 * why: who stays and pays by itself costs us less
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { money, percentOf, type Row, rule, today, yearsBetween } from 'theseus/sdk';

export default rule({
  id: 'r_reduce',
  name: 'rentReduction',
  on: 'lease',
  governs: 'reduction',
  decide: (lease: Row<'lease'>) =>
    (yearsBetween(lease.from, today()) >= 5 ? percentOf(lease.monthlyRent, 2) : money('0.00')) +
    (lease.tenant.standingOrder === true ? percentOf(lease.monthlyRent, 3) : money('0.00')),
});
