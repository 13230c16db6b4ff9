/**
 * A venue is a place where our events are.
 *
 * why: each hall has its own rules and its own size
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, count, entity, integer, money, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_venue',
  name: 'venue',
  plural: 'venues',
  title: 'name',
  fields: {
    name: text({ id: 'f_vename', no: 1, required: true, unique: true }),
    city: text({ id: 'f_vecity', no: 2, required: true }),
    address: text({ id: 'f_veaddr', no: 3 }),
    capacity: integer({ id: 'f_vecap', no: 4, required: true, min: 20, max: 8000 }),
    rent: money({ id: 'f_verent', no: 5, sensitive: true }),
    contact: text({ id: 'f_vecont', no: 6 }),
    outdoors: boolean({ id: 'f_veout', no: 7, default: false }),
    stepFree: boolean({ id: 'f_vestep', no: 8, default: true }),
    eventsAhead: integer({
      id: 'f_veahead',
      no: 9,
      live: (venue: Row<'venue'>) => count(venue.events.filter((event) => event.state === 'announced')),
    }),
  },
});
