/**
 * A therapist treats patients.
 *
 * why: appointments are made with somebody
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, email, entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_ther',
  name: 'therapist',
  plural: 'therapists',
  title: 'name',
  fields: {
    name: text({ id: 'f_thname', no: 1, required: true }),
    email: email({ id: 'f_thmail', no: 2, required: true, unique: true }),
    speciality: choice({
      id: 'f_thspec',
      no: 3,
      choices: { manual: 'c_sman', sports: 'c_sspo', neuro: 'c_sneu', lymph: 'c_slym' },
    }),
    weeklyHours: integer({ id: 'f_thhour', no: 4, required: true, min: 4, max: 40, default: 38 }),
    employed: boolean({ id: 'f_themp', no: 5, default: true }),
  },
});
