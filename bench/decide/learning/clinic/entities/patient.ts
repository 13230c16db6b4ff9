/**
 * A patient is treated in the practice.
 *
 * why: we must know whom we treat and how to reach them
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, count, date, email, entity, integer, money, type Row, sum, text } from 'theseus/sdk';

export default entity({
  id: 'e_pat',
  name: 'patient',
  plural: 'patients',
  title: 'name',
  fields: {
    name: text({ id: 'f_paname', no: 1, required: true }),
    birthDate: date({ id: 'f_pabirth', no: 2, required: true }),
    phone: text({ id: 'f_paphone', no: 3, required: true }),
    email: email({ id: 'f_pamail', no: 4 }),
    insurance: choice({
      id: 'f_painsu',
      no: 5,
      choices: { public: 'c_ipub', private: 'c_ipriv', none: 'c_inone' },
      default: 'public',
    }),
    insuranceNumber: text({ id: 'f_painum', no: 6, unique: true }),
    diagnosis: text({ id: 'f_padiag', no: 7, sensitive: true, multiline: true }),
    consent: boolean({ id: 'f_pacons', no: 8, default: false }),
    status: choice({
      id: 'f_pastat',
      no: 9,
      choices: { active: 'c_psact', paused: 'c_pspau', discharged: 'c_psdis' },
      default: 'active',
    }),
    balance: money({
      id: 'f_pabal',
      no: 10,
      live: (patient: Row<'patient'>) =>
        sum(
          patient.bills.filter((bill) => bill.status === 'sent'),
          (bill) => bill.total,
        ),
    }),
    missedCount: integer({
      id: 'f_pamiss',
      no: 11,
      live: (patient: Row<'patient'>) => count(patient.appointments.filter((each) => each.status === 'missed')),
    }),
  },
});
