/**
 * Running courses by teacher, with their number and lessons.
 *
 * why: nobody shall have too much or too little
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_load',
  name: 'teacherLoad',
  title: 'Running courses by teacher',
  from: 'course',
  where: (course) => course.status === 'running',
  columns: {
    teacher: { label: 'Teacher', value: (course) => course.teacher.name },
    courses: { label: 'Courses', aggregate: 'count' },
    lessons: { label: 'Lessons', value: (course) => course.lessonCount, aggregate: 'sum' },
  },
  order: ['-courses'],
});
