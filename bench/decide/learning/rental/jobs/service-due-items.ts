/**
 * Each Monday at 6 available items whose service is due go to the workshop.
 *
 * why: a bike without brakes is a lawsuit
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_service',
  name: 'serviceDueItems',
  schedule: { cron: '0 6 * * 1', catchUp: 'last' },
  capabilities: { item: ['read', 'update'] },
  async run({ data, dueDay }) {
    const due = await data.item.list({
      filters: [
        { field: 'state', op: 'eq', value: 'available' },
        { field: 'serviceDue', op: 'le', value: dueDay },
      ],
    });
    for (const each of due.items) await data.item.update(each.id, { state: 'workshop' });
  },
});
