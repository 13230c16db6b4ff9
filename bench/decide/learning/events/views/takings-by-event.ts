/**
 * What each event took in by paid and used tickets, largest first.
 *
 * why: what to do again next year
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_take',
  name: 'takingsByEvent',
  title: 'Takings by event',
  from: 'ticket',
  where: (ticket) => ticket.state === 'paid' || ticket.state === 'used',
  columns: {
    event: { label: 'Event', value: (ticket) => ticket.event.name },
    tickets: { label: 'Tickets', aggregate: 'count' },
    takings: { label: 'Takings', value: (ticket) => ticket.total, aggregate: 'sum' },
  },
  order: ['-takings'],
});
