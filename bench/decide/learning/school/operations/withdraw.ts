/**
 * Takes a student out of a course.
 *
 * why: plans change, and the place can go to somebody who waits
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_withdraw',
  name: 'withdraw',
  on: 'enrolment',
  http: { method: 'POST', path: '/api/enrolments/{id}/withdraw', status: 200 },
  output: { row: 'enrolment' },
  capabilities: { enrolment: ['update'] },
  transition: { field: 'status', from: ['enrolled', 'waiting'], to: 'withdrawn' },
  async run({ data, row }) {
    return data.enrolment.update(row.id, { status: 'withdrawn' });
  },
});
