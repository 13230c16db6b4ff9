/**
 * Cancels a rental that is booked and has not been handed over.
 *
 * why: the weather changes, and people with it
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_cancel',
  name: 'cancelRental',
  on: 'rental',
  http: { method: 'POST', path: '/api/rentals/{id}/cancel', status: 200 },
  output: { row: 'rental' },
  capabilities: { rental: ['update'] },
  transition: { field: 'state', from: ['booked'], to: 'cancelled' },
  async run({ data, row }) {
    return data.rental.update(row.id, { state: 'cancelled' });
  },
});
