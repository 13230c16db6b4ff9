/**
 * A prescription of a doctor pays for some sessions of a treatment.
 *
 * why: the insurance pays what was prescribed and no more
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, date, entity, integer, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_presc',
  name: 'prescription',
  plural: 'prescriptions',
  title: 'doctor',
  fields: {
    patient: reference({ id: 'f_prpat', no: 1, to: 'patient', required: true }),
    treatment: reference({ id: 'f_prtre', no: 2, to: 'treatment', required: true }),
    doctor: text({ id: 'f_prdoc', no: 3, required: true }),
    issuedOn: date({ id: 'f_priss', no: 4, required: true }),
    sessions: integer({ id: 'f_prsess', no: 5, required: true, min: 1, max: 18, default: 6 }),
    used: integer({ id: 'f_prused', no: 6, min: 0, default: 0 }),
    remaining: integer({
      id: 'f_prrem',
      no: 7,
      live: (prescription: Row<'prescription'>) => prescription.sessions - (prescription.used ?? 0),
    }),
    startBy: date({ id: 'f_prstart', no: 8, live: (prescription: Row<'prescription'>) => addDays(prescription.issuedOn, 28) }),
  },
  invariants: {
    notOverused: {
      holds: (prescription: Row<'prescription'>) => (prescription.used ?? 0) <= prescription.sessions,
      message: 'more sessions are used than were prescribed',
    },
  },
});
