/**
 * Each Monday at 5 entries that have waited for more than 90 days lapse.
 *
 * why: after a quarter nobody still wants the hour
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { instantText, job } from 'theseus/sdk';

export default job({
  id: 'j_lapse',
  name: 'lapseWaiting',
  schedule: { cron: '0 5 * * 1', catchUp: 'last' },
  capabilities: { waitingEntry: ['read', 'update'] },
  async run({ data, due }) {
    const limit = instantText(due - 90 * 86_400_000).slice(0, 10);
    const old = await data.waitingEntry.list({
      filters: [
        { field: 'state', op: 'eq', value: 'waiting' },
        { field: 'askedOn', op: 'lt', value: limit },
      ],
    });
    for (const each of old.items) await data.waitingEntry.update(each.id, { state: 'lapsed' });
  },
});
