/**
 * Cancels a reservation that is booked.
 *
 * why: babysitters fall ill
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_cancel',
  name: 'cancelReservation',
  on: 'reservation',
  http: { method: 'POST', path: '/api/reservations/{id}/cancel', status: 200 },
  output: { row: 'reservation' },
  capabilities: { reservation: ['update'] },
  transition: { field: 'state', from: ['booked'], to: 'cancelled' },
  async run({ data, row }) {
    return data.reservation.update(row.id, { state: 'cancelled' });
  },
});
