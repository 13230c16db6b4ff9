/**
 * How many orders are worked on now.
 *
 * why: six bays, not seven
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_lift',
  name: 'carsOnLift',
  title: 'Cars on the lift',
  from: 'repairOrder',
  where: (order) => order.state === 'working',
  columns: { count: { label: 'On the lift', aggregate: 'count' } },
  show: 'number',
});
