/**
 * A teacher gives courses.
 *
 * why: who teaches what, and how much
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, count, date, email, entity, integer, money, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_teach',
  name: 'teacher',
  plural: 'teachers',
  title: 'name',
  fields: {
    name: text({ id: 'f_tename', no: 1, required: true }),
    email: email({ id: 'f_temail', no: 2, required: true, unique: true }),
    phone: text({ id: 'f_tephone', no: 3, required: true }),
    language: choice({
      id: 'f_telang',
      no: 4,
      required: true,
      choices: { english: 'c_teng', german: 'c_tger', french: 'c_tfre', italian: 'c_tita', spanish: 'c_tspa' },
    }),
    hourlyPay: money({ id: 'f_tepay', no: 5, sensitive: true, min: '25.00' }),
    maxHours: integer({ id: 'f_temax', no: 6, required: true, min: 2, max: 28, default: 20 }),
    since: date({ id: 'f_tesince', no: 7 }),
    active: boolean({ id: 'f_teact', no: 8, default: true }),
    runningCourses: integer({
      id: 'f_terun',
      no: 9,
      live: (teacher: Row<'teacher'>) => count(teacher.courses.filter((course) => course.status === 'running')),
    }),
  },
});
