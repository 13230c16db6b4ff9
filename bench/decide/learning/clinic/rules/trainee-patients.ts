/**
 * Trainees see patients who gave their consent, and no others.
 *
 * why: who learns here sees only those who agreed
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_trainee',
  name: 'traineePatients',
  on: 'patient',
  roles: ['trainee'],
  rows: (patient) => patient.consent === true,
});
