/**
 * Confirmed events from today on, the next one first.
 *
 * why: what to cook for, and where to drive
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { today, view } from 'theseus/sdk';

export default view({
  id: 'v_events',
  name: 'comingEvents',
  title: 'Coming events',
  from: 'event',
  where: (event) => event.state === 'confirmed' && event.day >= today(),
  columns: {
    day: { label: 'Day', value: (event) => event.day },
    guest: { label: 'Guest', value: (event) => event.guest.name },
    address: { label: 'Address', value: (event) => event.address },
    persons: { label: 'Persons', value: (event) => event.persons },
    total: { label: 'Total', value: (event) => event.total },
  },
  order: ['day'],
});
