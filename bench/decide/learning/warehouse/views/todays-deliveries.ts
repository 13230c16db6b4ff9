/**
 * Deliveries of today by slot, with van, driver and customer.
 *
 * why: the sheet at the ramp
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { today, view } from 'theseus/sdk';

export default view({
  id: 'v_today',
  name: 'todaysDeliveries',
  title: 'Deliveries today',
  from: 'delivery',
  where: (delivery) => delivery.day === today() && (delivery.status === 'planned' || delivery.status === 'underway'),
  columns: {
    slot: { label: 'Slot', value: (delivery) => delivery.slot },
    van: { label: 'Van', value: (delivery) => delivery.van.plate },
    driver: { label: 'Driver', value: (delivery) => delivery.driver },
    customer: { label: 'Customer', value: (delivery) => delivery.order.customer.name },
    boxes: { label: 'Boxes', value: (delivery) => delivery.boxes },
  },
  order: ['slot', 'van'],
});
