/**
 * Partners see items that are available, and no others.
 *
 * why: hotels look what their guests can have
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_partner',
  name: 'partnerItems',
  on: 'item',
  roles: ['partner'],
  rows: (item) => item.state === 'available',
});
