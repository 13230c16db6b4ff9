/**
 * On the first of each month at 4 enrolments that have waited for more than 60 days are withdrawn.
 *
 * why: who waited for two months has found another school
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { instantText, job } from 'theseus/sdk';

export default job({
  id: 'j_drop',
  name: 'dropWaiting',
  schedule: { cron: '0 4 1 * *', catchUp: 'last' },
  capabilities: { enrolment: ['read', 'update'] },
  async run({ data, due }) {
    const limit = instantText(due - 60 * 86_400_000).slice(0, 10);
    const old = await data.enrolment.list({
      filters: [
        { field: 'status', op: 'eq', value: 'waiting' },
        { field: 'enrolledOn', op: 'lt', value: limit },
      ],
    });
    for (const each of old.items) await data.enrolment.update(each.id, { status: 'withdrawn' });
  },
});
