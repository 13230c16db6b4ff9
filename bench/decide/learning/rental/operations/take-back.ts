/**
 * Takes an item back: the rental is returned today, and the item is there for the next one.
 *
 * why: what is back must be seen at once at the counter
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_back',
  name: 'takeBack',
  on: 'rental',
  http: { method: 'POST', path: '/api/rentals/{id}/take-back', status: 200 },
  output: { row: 'rental' },
  capabilities: { rental: ['update'], item: ['update'] },
  transition: { field: 'state', from: ['out'], to: 'returned' },
  async run({ data, row, today }) {
    await data.item.update(row.item, { state: 'available' });
    return data.rental.update(row.id, { state: 'returned', returnedOn: today });
  },
});
