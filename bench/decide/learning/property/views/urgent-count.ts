/**
 * How many urgent repairs nobody has ordered yet.
 *
 * why: the number on the office wall
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_urgent',
  name: 'urgentCount',
  title: 'Urgent repairs waiting',
  from: 'repair',
  where: (repair) => repair.urgency === 'urgent' && repair.state === 'reported',
  columns: { count: { label: 'Waiting', aggregate: 'count' } },
  show: 'number',
});
