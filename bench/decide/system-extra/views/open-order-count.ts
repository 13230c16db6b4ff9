/**
 * How many orders are open.
 *
 * why: one look in the morning says how full the day is
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_opencnt',
  name: 'openOrderCount',
  title: 'Open orders now',
  from: 'order',
  where: (order) => order.status === 'open',
  columns: { count: { label: 'Open orders', aggregate: 'count' } },
  show: 'number',
});
