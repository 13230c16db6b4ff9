/**
 * Hands the item of a booked rental over, once the deposit is paid.
 *
 * why: things left the yard without a deposit
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_hand',
  name: 'handOver',
  on: 'rental',
  http: { method: 'POST', path: '/api/rentals/{id}/hand-over', status: 200 },
  output: { row: 'rental' },
  capabilities: { rental: ['update'], item: ['read', 'update'] },
  transition: { field: 'state', from: ['booked'], to: 'out' },
  async run({ data, row }) {
    if (row.depositPaid !== true) refuse('conflict', 'The deposit is not paid yet.');
    const item = await data.item.get(row.item);
    if (item.state !== 'available') refuse('conflict', `${item.name} is not here.`);
    await data.item.update(item.id, { state: 'rented' });
    return data.rental.update(row.id, { state: 'out' });
  },
});
