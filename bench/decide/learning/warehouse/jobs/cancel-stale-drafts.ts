/**
 * Each night drafts that were placed more than 30 days ago are cancelled.
 *
 * why: nobody remembers what they were for
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { instantText, job } from 'theseus/sdk';

export default job({
  id: 'j_stale',
  name: 'cancelStaleDrafts',
  schedule: { cron: '15 1 * * *', catchUp: 'last' },
  capabilities: { order: ['read', 'update'] },
  async run({ data, due }) {
    const limit = instantText(due - 30 * 86_400_000).slice(0, 10);
    const old = await data.order.list({
      filters: [
        { field: 'status', op: 'eq', value: 'draft' },
        { field: 'placedOn', op: 'lt', value: limit },
      ],
    });
    for (const each of old.items) await data.order.update(each.id, { status: 'cancelled' });
  },
});
