/**
 * Each night at 2 reserved tickets that were reserved more than three days ago expire.
 *
 * why: reserved seats stayed empty
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, job } from 'theseus/sdk';

export default job({
  id: 'j_expire',
  name: 'expireReservations',
  schedule: { cron: '0 2 * * *', catchUp: 'last' },
  capabilities: { ticket: ['read', 'update'] },
  async run({ data, dueDay }) {
    const old = await data.ticket.list({
      filters: [
        { field: 'state', op: 'eq', value: 'reserved' },
        { field: 'reservedOn', op: 'lt', value: addDays(dueDay, -3) },
      ],
    });
    for (const each of old.items) await data.ticket.update(each.id, { state: 'expired' });
  },
});
