/**
 * On working days at 7 complaints that are still open after five days become pressing.
 *
 * why: an angry customer who waits is a lost one
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { instantText, job } from 'theseus/sdk';

export default job({
  id: 'j_press',
  name: 'pressComplaints',
  schedule: { cron: '0 7 * * 1-5', catchUp: 'last' },
  capabilities: { complaint: ['read', 'update'] },
  async run({ data, due }) {
    const limit = instantText(due - 5 * 86_400_000).slice(0, 10);
    const late = await data.complaint.list({
      filters: [
        { field: 'status', op: 'eq', value: 'open' },
        { field: 'reportedOn', op: 'lt', value: limit },
      ],
    });
    for (const each of late.items) await data.complaint.update(each.id, { pressing: true });
  },
});
