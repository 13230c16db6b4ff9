/**
 * How many items are available now.
 *
 * why: the sign at the door
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_avail',
  name: 'availableCount',
  title: 'Items available now',
  from: 'item',
  where: (item) => item.state === 'available',
  columns: { count: { label: 'Available', aggregate: 'count' } },
  show: 'number',
});
