/**
 * Gives a free place of a course to the next one who waits for it.
 *
 * why: places stayed empty while people waited
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_promote',
  name: 'promoteWaiting',
  on: 'course',
  http: { method: 'POST', path: '/api/courses/{id}/promote', status: 200 },
  output: { row: 'enrolment' },
  capabilities: { enrolment: ['read', 'update'] },
  roles: ['owner', 'office'],
  async run({ data, row }) {
    if ((row.free ?? 0) < 1) refuse('conflict', `${row.code} has no free place.`);
    const waiting = await data.enrolment.list({
      filters: [
        { field: 'course', op: 'eq', value: row.id },
        { field: 'status', op: 'eq', value: 'waiting' },
      ],
      sort: 'enrolledOn',
      limit: 1,
    });
    const next = waiting.items[0];
    if (next === undefined) return refuse('not-found', `Nobody waits for ${row.code}.`);
    return data.enrolment.update(next.id, { status: 'enrolled' });
  },
});
