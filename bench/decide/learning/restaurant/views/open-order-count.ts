/**
 * How many orders are open.
 *
 * why: nobody goes home before it is zero
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_open',
  name: 'openOrderCount',
  title: 'Open orders',
  from: 'order',
  where: (order) => order.state === 'open',
  columns: { count: { label: 'Open', aggregate: 'count' } },
  show: 'number',
});
