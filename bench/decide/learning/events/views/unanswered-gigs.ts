/**
 * How many gigs were asked for and not answered.
 *
 * why: agents must be chased
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_unans',
  name: 'unansweredGigs',
  title: 'Gigs without an answer',
  from: 'gig',
  where: (gig) => gig.state === 'asked',
  columns: { count: { label: 'Unanswered', aggregate: 'count' } },
  show: 'number',
});
