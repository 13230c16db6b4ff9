/**
 * What each mechanic has worked, by finished and collected orders, most hours first.
 *
 * why: who carries the hall
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_hours',
  name: 'hoursByMechanic',
  title: 'Hours by mechanic',
  from: 'repairOrder',
  where: (order) => order.state === 'finished' || order.state === 'collected',
  columns: {
    mechanic: { label: 'Mechanic', value: (order) => order.mechanic?.name },
    orders: { label: 'Orders', aggregate: 'count' },
    hours: { label: 'Hours', value: (order) => order.hours, aggregate: 'sum' },
  },
  order: ['-hours'],
});
