/**
 * Each evening at 19:00 planned orders whose promised day was before today are cancelled.
 *
 * why: who does not bring the car blocks the plan
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_unkept',
  name: 'cancelUnkeptOrders',
  schedule: { cron: '0 19 * * *', catchUp: 'last' },
  capabilities: { repairOrder: ['read', 'update'] },
  calls: ['cancelOrder'],
  async run({ data, dueDay, call }) {
    const gone = await data.repairOrder.list({
      filters: [
        { field: 'state', op: 'eq', value: 'planned' },
        { field: 'promisedFor', op: 'lt', value: dueDay },
      ],
    });
    for (const each of gone.items) await call('cancelOrder', { on: each.id });
  },
});
