/**
 * An event is one evening at one venue.
 *
 * why: all we do ends in an evening
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, count, date, entity, integer, money, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_event',
  name: 'event',
  plural: 'events',
  title: 'name',
  fields: {
    name: text({ id: 'f_evname', no: 1, required: true }),
    venue: reference({ id: 'f_evven', no: 2, to: 'venue', required: true }),
    date: date({ id: 'f_evdate', no: 3, required: true }),
    doors: text({ id: 'f_evdoor', no: 4, default: '19:00' }),
    kind: choice({
      id: 'f_evkind',
      no: 5,
      choices: { concert: 'c_kconc', fair: 'c_kfair', gala: 'c_kgala', talk: 'c_ktalk' },
      default: 'concert',
    }),
    state: choice({
      id: 'f_evstate',
      no: 6,
      choices: { planned: 'c_eplan', announced: 'c_eann', held: 'c_eheld', cancelled: 'c_ecanc' },
      default: 'planned',
    }),
    minimumAge: integer({ id: 'f_evage', no: 7, min: 0, max: 21, default: 0 }),
    seatsForSale: integer({ id: 'f_evseat', no: 8, required: true, min: 1 }),
    budget: money({ id: 'f_evbud', no: 9, sensitive: true }),
    description: text({ id: 'f_evdesc', no: 10, max: 1000 }),
    ticketsSold: integer({
      id: 'f_evsold',
      no: 11,
      live: (event: Row<'event'>) => count(event.tickets.filter((ticket) => ticket.state === 'paid' || ticket.state === 'used')),
    }),
    seatsLeft: integer({
      id: 'f_evleft',
      no: 12,
      live: (event: Row<'event'>) =>
        event.seatsForSale -
        count(event.tickets.filter((ticket) => ticket.state === 'reserved' || ticket.state === 'paid' || ticket.state === 'used')),
    }),
  },
  invariants: {
    fits: { holds: (event: Row<'event'>) => event.seatsForSale <= event.venue.capacity, message: 'the venue has not so many seats' },
    notOversold: { holds: (event: Row<'event'>) => (event.seatsLeft ?? 0) >= 0, message: 'the event is sold out' },
    oneAtATime: {
      holds: (event: Row<'event'>) =>
        event.state === 'cancelled' ||
        count(event.venue.events.filter((other) => other.state !== 'cancelled' && other.date === event.date)) <= 1,
      message: 'the venue is taken on this day',
    },
  },
});
