/**
 * A course in a language, with its teacher, room, time and fee.
 *
 * why: this is what we sell
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, count, date, entity, integer, money, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_cour',
  name: 'course',
  plural: 'courses',
  title: 'code',
  fields: {
    code: text({ id: 'f_cocode', no: 1, required: true, unique: true }),
    title: text({ id: 'f_cotitle', no: 2, required: true }),
    language: choice({
      id: 'f_colang',
      no: 3,
      required: true,
      choices: { english: 'c_ceng', german: 'c_cger', french: 'c_cfre', italian: 'c_cita', spanish: 'c_cspa' },
    }),
    level: choice({
      id: 'f_colevel',
      no: 4,
      required: true,
      choices: { a1: 'c_la1', a2: 'c_la2', b1: 'c_lb1', b2: 'c_lb2', c1: 'c_lc1' },
    }),
    teacher: reference({ id: 'f_coteach', no: 5, to: 'teacher', required: true }),
    room: reference({ id: 'f_coroom', no: 6, to: 'room' }),
    startsOn: date({ id: 'f_costart', no: 7, required: true }),
    endsOn: date({ id: 'f_coend', no: 8, required: true }),
    weekday: choice({
      id: 'f_coday',
      no: 9,
      required: true,
      choices: { monday: 'c_dmon', tuesday: 'c_dtue', wednesday: 'c_dwed', thursday: 'c_dthu', friday: 'c_dfri', saturday: 'c_dsat' },
    }),
    hour: integer({ id: 'f_cohour', no: 10, required: true, min: 8, max: 20 }),
    lessonCount: integer({ id: 'f_coless', no: 11, required: true, min: 4, max: 60, default: 20 }),
    seats: integer({ id: 'f_coseats', no: 12, required: true, min: 3, max: 16, default: 12 }),
    fee: money({ id: 'f_cofee', no: 13, required: true, min: '50.00' }),
    status: choice({
      id: 'f_costat',
      no: 14,
      choices: { planned: 'c_cplan', running: 'c_crun', finished: 'c_cfin', cancelled: 'c_ccanc' },
      default: 'planned',
    }),
    taken: integer({
      id: 'f_cotaken',
      no: 15,
      live: (course: Row<'course'>) => count(course.enrolments.filter((each) => each.status === 'enrolled')),
    }),
    free: integer({
      id: 'f_cofree',
      no: 16,
      live: (course: Row<'course'>) => course.seats - count(course.enrolments.filter((each) => each.status === 'enrolled')),
    }),
  },
  invariants: {
    endsLater: {
      holds: (course: Row<'course'>) => course.endsOn > course.startsOn,
      message: 'a course ends after it starts',
    },
    roomEnough: {
      holds: (course: Row<'course'>) => course.room === undefined || course.seats <= course.room.seats,
      message: 'the room has not so many seats',
    },
    teacherOnce: {
      holds: (course: Row<'course'>) =>
        course.status === 'cancelled' ||
        course.status === 'finished' ||
        count(
          course.teacher.courses.filter(
            (other) =>
              other.weekday === course.weekday &&
              other.hour === course.hour &&
              other.startsOn <= course.endsOn &&
              course.startsOn <= other.endsOn &&
              other.status !== 'cancelled' &&
              other.status !== 'finished',
          ),
        ) <= 1,
      message: 'the teacher has another course at that hour',
    },
  },
});
