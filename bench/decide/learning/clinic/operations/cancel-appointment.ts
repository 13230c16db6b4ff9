/**
 * Cancels an appointment that is booked.
 *
 * why: plans change, and the hour can go to somebody who waits
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_cancel',
  name: 'cancelAppointment',
  on: 'appointment',
  http: { method: 'POST', path: '/api/appointments/{id}/cancel', status: 200 },
  output: { row: 'appointment' },
  capabilities: { appointment: ['update'] },
  transition: { field: 'status', from: ['booked'], to: 'cancelled' },
  async run({ data, row }) {
    return data.appointment.update(row.id, { status: 'cancelled' });
  },
});
