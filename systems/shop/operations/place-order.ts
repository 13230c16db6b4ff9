/**
 * Placing an order takes price and stock of each product and makes an open order.
 *
 * why: fifty customers at once must never buy more than there is
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { integer, list, operation, reference, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_place',
  name: 'placeOrder',
  http: { method: 'POST', path: '/api/orders/place', status: 201 },
  input: {
    customer: reference({ id: 'f_poc', no: 1, to: 'customer', required: true }),
    lines: list({
      id: 'f_pol',
      no: 2,
      item: 'line',
      itemId: 'e_pol',
      required: true,
      fields: {
        product: reference({ id: 'f_polp', no: 1, to: 'product', required: true }),
        quantity: integer({ id: 'f_polq', no: 2, required: true, min: 1 }),
      },
    }),
  },
  output: { row: 'order' },
  capabilities: { product: ['read', 'update'], order: ['create'] },
  async run({ data, input, today }) {
    const lines = [];
    for (const { product: id, quantity } of input.lines) {
      const product = await data.product.get(id);
      if ((product.stock ?? 0) < quantity) refuse('conflict', `There are only ${product.stock ?? 0} of ${product.name} in stock.`);
      await data.product.update(id, { stock: (product.stock ?? 0) - quantity });
      lines.push({ product: id, quantity, unitPrice: product.price });
    }
    return data.order.create({ customer: input.customer, placedOn: today, status: 'open', lines });
  },
});
