/**
 * Appointments of today that are booked or arrived, by hour.
 *
 * why: the sheet at the front desk
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { today, view } from 'theseus/sdk';

export default view({
  id: 'v_today',
  name: 'todaysAppointments',
  title: 'Appointments today',
  from: 'appointment',
  where: (appointment) => appointment.day === today() && (appointment.status === 'booked' || appointment.status === 'arrived'),
  columns: {
    hour: { label: 'Hour', value: (appointment) => appointment.hour },
    patient: { label: 'Patient', value: (appointment) => appointment.patient.name },
    therapist: { label: 'Therapist', value: (appointment) => appointment.therapist.name },
    treatment: { label: 'Treatment', value: (appointment) => appointment.treatment.name },
    status: { label: 'Status', value: (appointment) => appointment.status },
  },
  order: ['hour'],
});
