/**
 * Each night appointments that are still booked and whose day has passed become missed.
 *
 * why: who did not come is seen the next morning
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_missed',
  name: 'markMissed',
  schedule: { cron: '30 2 * * *', catchUp: 'last' },
  capabilities: { appointment: ['read', 'update'] },
  async run({ data, dueDay }) {
    const past = await data.appointment.list({
      filters: [
        { field: 'status', op: 'eq', value: 'booked' },
        { field: 'day', op: 'lt', value: dueDay },
      ],
    });
    for (const each of past.items) await data.appointment.update(each.id, { status: 'missed' });
  },
});
