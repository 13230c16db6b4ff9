/**
 * Ends a course that is running; its students have completed it.
 *
 * why: certificates and the discount for coming back lean on it
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_finish',
  name: 'finishCourse',
  on: 'course',
  http: { method: 'POST', path: '/api/courses/{id}/finish', status: 200 },
  output: { row: 'course' },
  capabilities: { course: ['update'], enrolment: ['read', 'update'] },
  transition: { field: 'status', from: ['running'], to: 'finished' },
  async run({ data, row }) {
    const there = await data.enrolment.list({
      filters: [
        { field: 'course', op: 'eq', value: row.id },
        { field: 'status', op: 'eq', value: 'enrolled' },
      ],
    });
    for (const each of there.items) await data.enrolment.update(each.id, { status: 'completed' });
    return data.course.update(row.id, { status: 'finished' });
  },
});
