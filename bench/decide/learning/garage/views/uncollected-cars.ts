/**
 * Finished cars that nobody has fetched, the oldest first.
 *
 * why: whom to call about the yard
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_uncoll',
  name: 'uncollectedCars',
  title: 'Cars to be fetched',
  from: 'repairOrder',
  where: (order) => order.state === 'finished',
  columns: {
    plate: { label: 'Plate', value: (order) => order.car.plate },
    owner: { label: 'Owner', value: (order) => order.car.owner.name },
    phone: { label: 'Phone', value: (order) => order.car.owner.phone },
    finishedOn: { label: 'Finished on', value: (order) => order.finishedOn },
  },
  order: ['finishedOn'],
});
