/**
 * Each weekday at 7 stocked parts of which none is left are marked as on order.
 *
 * why: nobody looked at the empty box
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_scarce',
  name: 'orderScarceParts',
  schedule: { cron: '0 7 * * 1-5', catchUp: 'last' },
  capabilities: { part: ['read', 'update'] },
  async run({ data }) {
    const empty = await data.part.list({
      filters: [
        { field: 'state', op: 'eq', value: 'stocked' },
        { field: 'stock', op: 'eq', value: 0 },
      ],
    });
    for (const each of empty.items) await data.part.update(each.id, { state: 'onOrder' });
  },
});
