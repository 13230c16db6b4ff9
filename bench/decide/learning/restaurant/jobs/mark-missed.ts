/**
 * Each night at 23:45 reservations that are still booked for that day or before become missed.
 *
 * why: who does not come takes the table from others
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_missed',
  name: 'markMissed',
  schedule: { cron: '45 23 * * *', catchUp: 'last' },
  capabilities: { reservation: ['read', 'update'] },
  async run({ data, dueDay }) {
    const gone = await data.reservation.list({
      filters: [
        { field: 'state', op: 'eq', value: 'booked' },
        { field: 'day', op: 'le', value: dueDay },
      ],
    });
    for (const each of gone.items) await data.reservation.update(each.id, { state: 'missed' });
  },
});
