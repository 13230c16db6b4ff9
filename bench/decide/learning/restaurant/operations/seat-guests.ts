/**
 * Seats the guests of a reservation that is booked for today.
 *
 * why: the kitchen wants to know who is here
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_seat',
  name: 'seatGuests',
  on: 'reservation',
  http: { method: 'POST', path: '/api/reservations/{id}/seat', status: 200 },
  output: { row: 'reservation' },
  capabilities: { reservation: ['update'] },
  transition: { field: 'state', from: ['booked'], to: 'seated' },
  async run({ data, row, today }) {
    if (row.day !== today) refuse('conflict', 'This reservation is for another day.');
    return data.reservation.update(row.id, { state: 'seated' });
  },
});
