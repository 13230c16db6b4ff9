/**
 * Sponsors see events that are announced, and no others.
 *
 * why: plans leaked to the press
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_spev',
  name: 'sponsorEvents',
  on: 'event',
  roles: ['sponsor'],
  rows: (event) => event.state === 'announced',
});
