/**
 * Takes parts from the shelf for an order that is worked on.
 *
 * why: the shelf said five and there were two
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { integer, operation, reference, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_use',
  name: 'usePart',
  on: 'repairOrder',
  http: { method: 'POST', path: '/api/repair-orders/{id}/use-part', status: 201 },
  input: {
    part: reference({ id: 'f_uppart', no: 1, to: 'part', required: true }),
    quantity: integer({ id: 'f_upqty', no: 2, required: true, min: 1, max: 40 }),
  },
  output: { row: 'partUse' },
  capabilities: { part: ['read', 'update'], partUse: ['create'] },
  async run({ data, row, input }) {
    if (row.state !== 'working') refuse('conflict', 'Nobody works on this order now.');
    const part = await data.part.get(input.part);
    if (part.stock < input.quantity) refuse('conflict', `There are only ${part.stock} of ${part.name}.`);
    await data.part.update(part.id, { stock: part.stock - input.quantity });
    return data.partUse.create({ repairOrder: row.id, part: part.id, quantity: input.quantity, unitPrice: part.price });
  },
});
