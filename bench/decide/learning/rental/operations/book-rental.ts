/**
 * Books an item for some days, for a customer who is not blocked.
 *
 * why: blocked customers got our best bikes again and again
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { date, operation, reference, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_rent',
  name: 'bookRental',
  http: { method: 'POST', path: '/api/rentals/book', status: 201 },
  input: {
    number: text({ id: 'f_bknumb', no: 1, required: true }),
    customer: reference({ id: 'f_bkcust', no: 2, to: 'customer', required: true }),
    item: reference({ id: 'f_bkitem', no: 3, to: 'item', required: true }),
    from: date({ id: 'f_bkfrom', no: 4, required: true }),
    until: date({ id: 'f_bkuntil', no: 5, required: true }),
  },
  output: { row: 'rental' },
  capabilities: { customer: ['read'], item: ['read'], rental: ['read', 'create'] },
  async run({ data, input }) {
    const customer = await data.customer.get(input.customer);
    if (customer.blocked === true) refuse('conflict', `${customer.name} is blocked.`);
    const item = await data.item.get(input.item);
    if (item.state === 'retired') refuse('conflict', `${item.name} is not rented out any more.`);
    return data.rental.create({ ...input, state: 'booked' });
  },
});
