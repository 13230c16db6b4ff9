/**
 * Hands a planned shift over to another employee who has not left.
 *
 * why: somebody always has a concert
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, reference, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_swap',
  name: 'handShift',
  on: 'shift',
  http: { method: 'POST', path: '/api/shifts/{id}/hand', status: 200 },
  input: { employee: reference({ id: 'f_hsemp', no: 1, to: 'employee', required: true }) },
  output: { row: 'shift' },
  capabilities: { employee: ['read'], shift: ['update'] },
  async run({ data, row, input }) {
    if (row.state !== 'planned') refuse('conflict', 'This shift is over.');
    const employee = await data.employee.get(input.employee);
    if (employee.left === true) refuse('conflict', `${employee.name} does not work here any more.`);
    return data.shift.update(row.id, { employee: input.employee });
  },
});
