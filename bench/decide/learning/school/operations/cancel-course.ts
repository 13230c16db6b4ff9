/**
 * Cancels a course that is planned.
 *
 * why: too few want it
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_cancel',
  name: 'cancelCourse',
  on: 'course',
  http: { method: 'POST', path: '/api/courses/{id}/cancel', status: 200 },
  output: { row: 'course' },
  capabilities: { course: ['update'] },
  roles: ['owner'],
  transition: { field: 'status', from: ['planned'], to: 'cancelled' },
  async run({ data, row }) {
    return data.course.update(row.id, { status: 'cancelled' });
  },
});
