/**
 * Opens a repair of an item that is here, and puts the item into the workshop.
 *
 * why: a broken bike must not be handed over
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_repair',
  name: 'openRepair',
  on: 'item',
  http: { method: 'POST', path: '/api/items/{id}/repair', status: 201 },
  input: { work: text({ id: 'f_orwork', no: 1, required: true, max: 200 }) },
  output: { row: 'repair' },
  capabilities: { item: ['update'], repair: ['create'] },
  roles: ['owner', 'manager', 'mechanic'],
  async run({ data, row, input, today }) {
    if (row.state !== 'available') refuse('conflict', `${row.name} is not here.`);
    await data.item.update(row.id, { state: 'workshop' });
    return data.repair.create({ item: row.id, work: input.work, openedOn: today });
  },
});
