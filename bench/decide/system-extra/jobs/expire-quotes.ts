/**
 * Each night quotes that were sent and whose day has passed become expired.
 *
 * why: nobody may accept a price of last year
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { job } from 'theseus/sdk';

export default job({
  id: 'j_expq',
  name: 'expireQuotes',
  schedule: { cron: '0 3 * * *', catchUp: 'last' },
  capabilities: { quote: ['read', 'update'] },
  async run({ data, dueDay }) {
    const sent = await data.quote.list({
      filters: [
        { field: 'status', op: 'eq', value: 'sent' },
        { field: 'validUntil', op: 'lt', value: dueDay },
      ],
    });
    for (const quote of sent.items) await data.quote.update(quote.id, { status: 'expired' });
  },
});
