/**
 * Each evening at 21:00 booked rentals whose first day was before today are cancelled.
 *
 * why: who does not come keeps others from riding
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_noshow',
  name: 'cancelNoShows',
  schedule: { cron: '0 21 * * *', catchUp: 'last' },
  capabilities: { rental: ['read', 'update'] },
  calls: ['cancelRental'],
  async run({ data, dueDay, call }) {
    const gone = await data.rental.list({
      filters: [
        { field: 'state', op: 'eq', value: 'booked' },
        { field: 'from', op: 'lt', value: dueDay },
      ],
    });
    for (const each of gone.items) await call('cancelRental', { on: each.id });
  },
});
