/**
 * On the first of each month at 4:30 each active lease gets its rent, due on that day.
 *
 * why: nobody should type sixty rents
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_rents',
  name: 'makeRents',
  schedule: { cron: '30 4 1 * *', catchUp: 'last' },
  capabilities: { lease: ['read'], rent: ['read', 'create'] },
  async run({ data, dueDay }) {
    const running = await data.lease.list({ filters: [{ field: 'state', op: 'eq', value: 'active' }] });
    for (const each of running.items) await data.rent.create({ lease: each.id, dueOn: dueDay, amount: each.warmRent ?? each.monthlyRent });
  },
});
