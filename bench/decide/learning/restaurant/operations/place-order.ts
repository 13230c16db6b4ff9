/**
 * Places an order of dishes that are available, each at the price of the menu.
 *
 * why: waiters made up prices for their friends
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, integer, list, operation, reference, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_place',
  name: 'placeOrder',
  http: { method: 'POST', path: '/api/orders/place', status: 201 },
  input: {
    kind: choice({ id: 'f_pokind', no: 1, choices: { table: 'c_pktab', takeaway: 'c_pktak' }, default: 'table' }),
    table: reference({ id: 'f_potab', no: 2, to: 'table' }),
    guest: reference({ id: 'f_pogue', no: 3, to: 'guest' }),
    lines: list({
      id: 'f_poline',
      no: 4,
      item: 'line',
      itemId: 'e_polin',
      required: true,
      fields: {
        dish: reference({ id: 'f_podish', no: 1, to: 'dish', required: true }),
        quantity: integer({ id: 'f_poqty', no: 2, required: true, min: 1, max: 50 }),
      },
    }),
  },
  output: { row: 'order' },
  capabilities: { dish: ['read'], order: ['create'] },
  async run({ data, input, today }) {
    const lines = [];
    for (const { dish: id, quantity } of input.lines) {
      const dish = await data.dish.get(id);
      if (dish.available !== true) refuse('conflict', `There is no more ${dish.name}.`);
      lines.push({ dish: id, quantity, unitPrice: dish.price });
    }
    return data.order.create({ kind: input.kind, table: input.table, guest: input.guest, placedOn: today, state: 'open', lines });
  },
});
