/**
 * Takes a reading of a meter today, never below an earlier one.
 *
 * why: a meter does not run backwards
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { integer, operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_take',
  name: 'takeReading',
  on: 'meter',
  http: { method: 'POST', path: '/api/meters/{id}/read', status: 201 },
  input: { value: integer({ id: 'f_trval', no: 1, required: true, min: 0 }) },
  output: { row: 'reading' },
  capabilities: { meter: ['read'], reading: ['read', 'create'] },
  async run({ data, row, input, today }) {
    const higher = await data.reading.list({
      filters: [
        { field: 'meter', op: 'eq', value: row.id },
        { field: 'value', op: 'gt', value: input.value },
      ],
    });
    if (higher.items.length > 0) refuse('conflict', 'The meter showed more than that before.');
    return data.reading.create({ meter: row.id, readOn: today, value: input.value });
  },
});
