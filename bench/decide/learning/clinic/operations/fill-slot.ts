/**
 * Gives an hour that became free to the next one on the waiting list for that treatment.
 *
 * why: cancelled hours stayed empty while people waited
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { date, integer, operation, reference, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_fill',
  name: 'fillSlot',
  on: 'treatment',
  http: { method: 'POST', path: '/api/treatments/{id}/fill-slot', status: 201 },
  input: {
    therapist: reference({ id: 'f_fither', no: 1, to: 'therapist', required: true }),
    day: date({ id: 'f_fiday', no: 2, required: true }),
    hour: integer({ id: 'f_fihour', no: 3, required: true, min: 7, max: 19 }),
  },
  output: { row: 'appointment' },
  capabilities: { waitingEntry: ['read', 'update'], appointment: ['create'] },
  async run({ data, row, input }) {
    const waiting = await data.waitingEntry.list({
      filters: [
        { field: 'treatment', op: 'eq', value: row.id },
        { field: 'state', op: 'eq', value: 'waiting' },
      ],
      sort: 'askedOn',
      limit: 1,
    });
    const next = waiting.items[0];
    if (next === undefined) return refuse('not-found', `Nobody waits for ${row.name}.`);
    await data.waitingEntry.update(next.id, { state: 'served' });
    return data.appointment.create({ patient: next.patient, treatment: row.id, ...input, status: 'booked' });
  },
});
