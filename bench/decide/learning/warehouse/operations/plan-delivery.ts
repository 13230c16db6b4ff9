/**
 * Plans the delivery of an order that is packed, with a van that is in service.
 *
 * why: an unpacked order was driven through the town once
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, integer, operation, reference, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_plan',
  name: 'planDelivery',
  on: 'order',
  http: { method: 'POST', path: '/api/orders/{id}/plan-delivery', status: 201 },
  input: {
    van: reference({ id: 'f_plvan', no: 1, to: 'van', required: true }),
    driver: text({ id: 'f_pldriv', no: 2, required: true }),
    day: date({ id: 'f_plday', no: 3, required: true }),
    slot: choice({ id: 'f_plslot', no: 4, choices: { morning: 'c_pmorn', afternoon: 'c_paft' }, required: true }),
    boxes: integer({ id: 'f_plbox', no: 5, required: true, min: 1, max: 400 }),
  },
  output: { row: 'delivery' },
  capabilities: { van: ['read'], delivery: ['create'] },
  async run({ data, row, input, today }) {
    if (row.status !== 'packed') refuse('conflict', 'This order is not packed.');
    if (input.day < today) refuse('invalid', 'That day has passed.');
    const van = await data.van.get(input.van);
    if (van.inService !== true) refuse('conflict', `${van.plate} is not in service.`);
    return data.delivery.create({ ...input, order: row.id, status: 'planned' });
  },
});
