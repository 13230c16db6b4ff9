/**
 * Running courses by weekday and hour, with room and teacher.
 *
 * why: the sheet on the door
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_week',
  name: 'timetable',
  title: 'Timetable',
  from: 'course',
  where: (course) => course.status === 'running',
  columns: {
    weekday: { label: 'Day', value: (course) => course.weekday },
    hour: { label: 'Hour', value: (course) => course.hour },
    code: { label: 'Course', value: (course) => course.code },
    room: { label: 'Room', value: (course) => course.room?.name },
    teacher: { label: 'Teacher', value: (course) => course.teacher.name },
  },
  order: ['weekday', 'hour'],
});
