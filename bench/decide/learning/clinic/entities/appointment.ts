/**
 * An appointment is one session of a patient with a therapist.
 *
 * why: the day is planned by the hour
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, count, date, entity, integer, money, reference, type Row, text } from 'theseus/sdk';
import missedFee from '../rules/missed-fee.ts';

export default entity({
  id: 'e_appt',
  name: 'appointment',
  plural: 'appointments',
  title: 'day',
  fields: {
    patient: reference({ id: 'f_appat', no: 1, to: 'patient', required: true }),
    therapist: reference({ id: 'f_apther', no: 2, to: 'therapist', required: true }),
    treatment: reference({ id: 'f_aptre', no: 3, to: 'treatment', required: true }),
    day: date({ id: 'f_apday', no: 4, required: true }),
    hour: integer({ id: 'f_aphour', no: 5, required: true, min: 7, max: 19 }),
    room: integer({ id: 'f_aproom', no: 6, min: 1, max: 4 }),
    status: choice({
      id: 'f_apstat',
      no: 7,
      choices: { booked: 'c_abook', arrived: 'c_aarr', done: 'c_adone', missed: 'c_amiss', cancelled: 'c_acanc' },
      default: 'booked',
    }),
    notes: text({ id: 'f_apnote', no: 8, sensitive: true, multiline: true }),
    fee: money({ id: 'f_apfee', no: 9, live: missedFee }),
  },
  invariants: {
    therapistOnce: {
      holds: (appointment: Row<'appointment'>) =>
        appointment.status === 'cancelled' ||
        count(
          appointment.therapist.appointments.filter(
            (other) => other.day === appointment.day && other.hour === appointment.hour && other.status !== 'cancelled',
          ),
        ) <= 1,
      message: 'the therapist has another patient at that hour',
    },
  },
});
