/**
 * Each Sunday at 20 lessons that are still planned and whose day has passed are cancelled.
 *
 * why: the teachers are paid by lessons held
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_lessons',
  name: 'cancelUnheldLessons',
  schedule: { cron: '0 20 * * 0', catchUp: 'last' },
  capabilities: { lesson: ['read', 'update'] },
  async run({ data, dueDay }) {
    const past = await data.lesson.list({
      filters: [
        { field: 'status', op: 'eq', value: 'planned' },
        { field: 'day', op: 'lt', value: dueDay },
      ],
    });
    for (const each of past.items) await data.lesson.update(each.id, { status: 'cancelled' });
  },
});
