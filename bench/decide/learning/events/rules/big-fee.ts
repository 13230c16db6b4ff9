/**
 * A gig with a fee over 5000 needs the approval of the director before its state changes.
 *
 * why: a headliner nearly ruined us
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { approval, money, type Row } from 'theseus/sdk';

export default approval({
  id: 'r_fee',
  name: 'bigFee',
  on: 'gig',
  by: 'director',
  when: (gig: Row<'gig'>) => gig.fee > money('5000.00'),
  amount: (gig: Row<'gig'>) => gig.fee,
  before: 'state',
});
