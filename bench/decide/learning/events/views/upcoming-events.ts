/**
 * Announced events from today on, the next one first.
 *
 * why: the programme at the office wall
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { today, view } from 'theseus/sdk';

export default view({
  id: 'v_upcom',
  name: 'upcomingEvents',
  title: 'Upcoming events',
  from: 'event',
  where: (event) => event.state === 'announced' && event.date >= today(),
  columns: {
    name: { label: 'Event', value: (event) => event.name },
    venue: { label: 'Venue', value: (event) => event.venue.name },
    date: { label: 'Date', value: (event) => event.date },
    seatsLeft: { label: 'Seats left', value: (event) => event.seatsLeft },
  },
  order: ['date'],
});
