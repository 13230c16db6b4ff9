/**
 * Ends a session; where the patient has a prescription of the treatment with sessions left, one of them is used.
 *
 * why: sessions were counted by hand, and the insurance refused what was too many
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_complete',
  name: 'completeAppointment',
  on: 'appointment',
  http: { method: 'POST', path: '/api/appointments/{id}/complete', status: 200 },
  output: { row: 'appointment' },
  capabilities: { appointment: ['update'], prescription: ['read', 'update'] },
  roles: ['owner', 'therapist'],
  transition: { field: 'status', from: ['arrived'], to: 'done' },
  async run({ data, row }) {
    const known = await data.prescription.list({
      filters: [
        { field: 'patient', op: 'eq', value: row.patient },
        { field: 'treatment', op: 'eq', value: row.treatment },
      ],
      sort: 'issuedOn',
    });
    const open = known.items.find((each) => (each.used ?? 0) < each.sessions);
    if (open !== undefined) await data.prescription.update(open.id, { used: (open.used ?? 0) + 1 });
    return data.appointment.update(row.id, { status: 'done' });
  },
});
