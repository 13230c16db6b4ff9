/**
 * Discount of an enrolment: fifteen percent for who has completed a course with us, ten percent for who enrols 30 days or more before the start; the larger of both.
 *
 * why: who comes back or comes early helps us plan
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, max, money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_edisc',
  name: 'enrolmentDiscount',
  on: 'enrolment',
  governs: 'discount',
  decide: (enrolment: Row<'enrolment'>) =>
    max(
      enrolment.student.coursesDone >= 1 ? percentOf(enrolment.course.fee, 15) : money('0.00'),
      addDays(enrolment.enrolledOn, 30) <= enrolment.course.startsOn ? percentOf(enrolment.course.fee, 10) : money('0.00'),
    ),
});
