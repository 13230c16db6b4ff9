/**
 * A guest buys tickets.
 *
 * why: we want to see who comes again
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, count, email, entity, integer, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_guest',
  name: 'guest',
  plural: 'guests',
  title: 'name',
  fields: {
    name: text({ id: 'f_guname', no: 1, required: true }),
    email: email({ id: 'f_gumail', no: 2, required: true, unique: true }),
    phone: text({ id: 'f_guphone', no: 3 }),
    city: text({ id: 'f_gucity', no: 4 }),
    friend: boolean({ id: 'f_gufrnd', no: 5, default: false }),
    banned: boolean({ id: 'f_guban', no: 6, default: false }),
    cardNumber: text({ id: 'f_gucard', no: 7, sensitive: true }),
    eventsVisited: integer({
      id: 'f_guvis',
      no: 8,
      live: (guest: Row<'guest'>) => count(guest.tickets.filter((ticket) => ticket.state === 'used')),
    }),
  },
});
