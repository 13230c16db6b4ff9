/**
 * Books an hour for a patient who agreed to the terms, with a therapist who works here.
 *
 * why: two at the desk booked the same hour, and patients without consent were treated
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { integer, date, operation, reference, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_book',
  name: 'bookAppointment',
  http: { method: 'POST', path: '/api/appointments/book', status: 201 },
  input: {
    patient: reference({ id: 'f_bkpat', no: 1, to: 'patient', required: true }),
    therapist: reference({ id: 'f_bkther', no: 2, to: 'therapist', required: true }),
    treatment: reference({ id: 'f_bktre', no: 3, to: 'treatment', required: true }),
    day: date({ id: 'f_bkday', no: 4, required: true }),
    hour: integer({ id: 'f_bkhour', no: 5, required: true, min: 7, max: 19 }),
  },
  output: { row: 'appointment' },
  capabilities: { patient: ['read'], therapist: ['read'], appointment: ['read', 'create'] },
  async run({ data, input, today }) {
    if (input.day < today) refuse('invalid', 'That day has passed.');
    const patient = await data.patient.get(input.patient);
    if (patient.consent !== true) refuse('conflict', `${patient.name} has not signed the consent yet.`);
    if (patient.status === 'discharged') refuse('conflict', `${patient.name} is discharged.`);
    const therapist = await data.therapist.get(input.therapist);
    if (therapist.employed !== true) refuse('conflict', `${therapist.name} does not work here any more.`);
    return data.appointment.create({ ...input, status: 'booked' });
  },
});
