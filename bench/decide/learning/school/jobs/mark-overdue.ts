/**
 * Each night fees that are open and were issued more than 30 days ago become overdue.
 *
 * why: nobody looks at them by hand
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { instantText, job } from 'theseus/sdk';

export default job({
  id: 'j_over',
  name: 'markOverdue',
  schedule: { cron: '10 3 * * *', catchUp: 'last' },
  capabilities: { fee: ['read', 'update'] },
  async run({ data, due }) {
    const limit = instantText(due - 30 * 86_400_000).slice(0, 10);
    const late = await data.fee.list({
      filters: [
        { field: 'status', op: 'eq', value: 'open' },
        { field: 'issuedOn', op: 'lt', value: limit },
      ],
    });
    for (const each of late.items) await data.fee.update(each.id, { status: 'overdue' });
  },
});
