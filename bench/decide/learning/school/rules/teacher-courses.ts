/**
 * Teachers see courses that are not cancelled, and change only those that are planned.
 *
 * why: the room of a running course was moved by a teacher
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_tcour',
  name: 'teacherCourses',
  on: 'course',
  roles: ['teacher'],
  rows: (course) => course.status !== 'cancelled',
  write: (course) => course.status === 'planned',
});
