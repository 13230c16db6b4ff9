/**
 * Each Wednesday at 7 open rents that were due more than ten days ago become reminded.
 *
 * why: we forgot, and they got used to it
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, job } from 'theseus/sdk';

export default job({
  id: 'j_remind',
  name: 'remindLate',
  schedule: { cron: '0 7 * * 3', catchUp: 'last' },
  capabilities: { rent: ['read', 'update'] },
  async run({ data, dueDay }) {
    const late = await data.rent.list({
      filters: [
        { field: 'state', op: 'eq', value: 'open' },
        { field: 'dueOn', op: 'lt', value: addDays(dueDay, -10) },
      ],
    });
    for (const each of late.items) await data.rent.update(each.id, { state: 'reminded' });
  },
});
