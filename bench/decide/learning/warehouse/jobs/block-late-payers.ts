/**
 * Each Monday at 6 customers with an order that was placed more than 60 days ago and is not paid are blocked.
 *
 * why: we are no bank
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { instantText, job } from 'theseus/sdk';

export default job({
  id: 'j_block',
  name: 'blockLatePayers',
  schedule: { cron: '0 6 * * 1', catchUp: 'last' },
  capabilities: { order: ['read'], customer: ['read', 'update'] },
  async run({ data, due }) {
    const limit = instantText(due - 60 * 86_400_000).slice(0, 10);
    const late = await data.order.list({
      filters: [
        { field: 'status', op: 'eq', value: 'shipped' },
        { field: 'placedOn', op: 'lt', value: limit },
      ],
    });
    for (const each of late.items) await data.customer.update(each.customer, { blocked: true });
  },
});
