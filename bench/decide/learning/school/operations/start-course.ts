/**
 * Starts a course that is planned and has four students at least and a room.
 *
 * why: three students do not pay a teacher
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_start',
  name: 'startCourse',
  on: 'course',
  http: { method: 'POST', path: '/api/courses/{id}/start', status: 200 },
  output: { row: 'course' },
  capabilities: { course: ['update'] },
  roles: ['owner', 'office'],
  transition: { field: 'status', from: ['planned'], to: 'running' },
  async run({ data, row }) {
    if ((row.taken ?? 0) < 4) refuse('conflict', `${row.code} has fewer than four students.`);
    if (row.room === undefined) refuse('conflict', `${row.code} has no room.`);
    return data.course.update(row.id, { status: 'running' });
  },
});
