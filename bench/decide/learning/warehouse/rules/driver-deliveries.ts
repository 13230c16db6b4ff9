/**
 * Drivers see deliveries that are planned or underway, and no others.
 *
 * why: what is done is none of the road's business
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_driver',
  name: 'driverDeliveries',
  on: 'delivery',
  roles: ['driver'],
  rows: (delivery) => delivery.status === 'planned' || delivery.status === 'underway',
});
