/**
 * Each morning at 5 announced events that were before today are held.
 *
 * why: the programme showed last week
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_close',
  name: 'closeEvents',
  schedule: { cron: '0 5 * * *', catchUp: 'last' },
  capabilities: { event: ['read', 'update'] },
  async run({ data, dueDay }) {
    const past = await data.event.list({
      filters: [
        { field: 'state', op: 'eq', value: 'announced' },
        { field: 'date', op: 'lt', value: dueDay },
      ],
    });
    for (const each of past.items) await data.event.update(each.id, { state: 'held' });
  },
});
