/**
 * An enrolment is the place of a student in a course.
 *
 * why: who sits where, and for which price
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, count, date, entity, integer, money, reference, type Row, text } from 'theseus/sdk';
import enrolmentDiscount from '../rules/enrolment-discount.ts';

export default entity({
  id: 'e_enrol',
  name: 'enrolment',
  plural: 'enrolments',
  title: 'enrolledOn',
  fields: {
    student: reference({ id: 'f_enstud', no: 1, to: 'student', required: true }),
    course: reference({ id: 'f_encour', no: 2, to: 'course', required: true }),
    enrolledOn: date({ id: 'f_enon', no: 3, required: true }),
    status: choice({
      id: 'f_enstat',
      no: 4,
      choices: { enrolled: 'c_eenr', waiting: 'c_ewait', completed: 'c_ecomp', withdrawn: 'c_ewith' },
      default: 'enrolled',
    }),
    discount: money({ id: 'f_endisc', no: 5, live: enrolmentDiscount }),
    price: money({
      id: 'f_enprice',
      no: 6,
      live: (enrolment: Row<'enrolment'>) => enrolment.course.fee - (enrolment.discount ?? money('0.00')),
    }),
    grade: integer({ id: 'f_engrade', no: 7, min: 1, max: 6 }),
    remark: text({ id: 'f_enrem', no: 8 }),
  },
  invariants: {
    notOverfull: {
      holds: (enrolment: Row<'enrolment'>) =>
        enrolment.status !== 'enrolled' ||
        count(enrolment.course.enrolments.filter((other) => other.status === 'enrolled')) <= enrolment.course.seats,
      message: 'the course is full',
    },
    onlyOnce: {
      holds: (enrolment: Row<'enrolment'>) =>
        enrolment.status === 'withdrawn' ||
        count(
          enrolment.student.enrolments.filter((other) => other.course.code === enrolment.course.code && other.status !== 'withdrawn'),
        ) <= 1,
      message: 'the student is in this course already',
    },
    gradeAtEnd: {
      holds: (enrolment: Row<'enrolment'>) => enrolment.grade === undefined || enrolment.status === 'completed',
      message: 'only who has completed a course gets a grade',
    },
  },
});
