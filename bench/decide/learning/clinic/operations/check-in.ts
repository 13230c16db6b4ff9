/**
 * Marks that the patient of an appointment is here.
 *
 * why: the therapist sees who sits in the waiting room
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_checkin',
  name: 'checkIn',
  on: 'appointment',
  http: { method: 'POST', path: '/api/appointments/{id}/check-in', status: 200 },
  output: { row: 'appointment' },
  capabilities: { appointment: ['update'] },
  transition: { field: 'status', from: ['booked'], to: 'arrived' },
  async run({ data, row, today }) {
    if (row.day !== today) refuse('conflict', 'This appointment is not for today.');
    return data.appointment.update(row.id, { status: 'arrived' });
  },
});
