/**
 * Opens a repair order for a car, unless its owner is blocked.
 *
 * why: who does not pay gets no lift
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { date, operation, reference, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_open',
  name: 'openOrder',
  http: { method: 'POST', path: '/api/repair-orders/open', status: 201 },
  input: {
    number: text({ id: 'f_oonumb', no: 1, required: true }),
    car: reference({ id: 'f_oocar', no: 2, to: 'car', required: true }),
    complaint: text({ id: 'f_oocomp', no: 3, required: true, max: 300 }),
    promisedFor: date({ id: 'f_ooprom', no: 4 }),
  },
  output: { row: 'repairOrder' },
  capabilities: { car: ['read'], owner: ['read'], repairOrder: ['create'] },
  async run({ data, input, today }) {
    const car = await data.car.get(input.car);
    const owner = await data.owner.get(car.owner);
    if (owner.blocked === true) refuse('conflict', `${owner.name} is blocked.`);
    return data.repairOrder.create({ ...input, openedOn: today, state: 'planned' });
  },
});
