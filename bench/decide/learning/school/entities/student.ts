/**
 * A student learns a language with us.
 *
 * why: we must know whom we teach and whom to call when a child does not come
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, count, date, email, entity, integer, money, type Row, sum, text, today, yearsBetween } from 'theseus/sdk';

export default entity({
  id: 'e_stud',
  name: 'student',
  plural: 'students',
  title: 'name',
  fields: {
    name: text({ id: 'f_stname', no: 1, required: true }),
    email: email({ id: 'f_stmail', no: 2, required: true, unique: true }),
    phone: text({ id: 'f_stphone', no: 3 }),
    birthDate: date({ id: 'f_stbirth', no: 4, required: true }),
    firstLanguage: text({ id: 'f_stlang', no: 5 }),
    guardian: text({ id: 'f_stguard', no: 6 }),
    status: choice({ id: 'f_ststat', no: 7, choices: { active: 'c_sact', paused: 'c_spau', left: 'c_sleft' }, default: 'active' }),
    newsletter: boolean({ id: 'f_stnews', no: 8, default: false }),
    medicalNote: text({ id: 'f_stmed', no: 9, sensitive: true, multiline: true }),
    balance: money({
      id: 'f_stbal',
      no: 10,
      live: (student: Row<'student'>) =>
        sum(
          student.fees.filter((fee) => fee.status === 'open' || fee.status === 'overdue'),
          (fee) => fee.amount,
        ),
    }),
    coursesDone: integer({
      id: 'f_stdone',
      no: 11,
      live: (student: Row<'student'>) => count(student.enrolments.filter((each) => each.status === 'completed')),
    }),
  },
  invariants: {
    minorHasGuardian: {
      holds: (student: Row<'student'>) => yearsBetween(student.birthDate, today()) >= 18 || student.guardian !== undefined,
      message: 'who is under 18 needs a guardian',
    },
  },
});
