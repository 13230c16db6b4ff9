/**
 * Tries: to read the row of another from the refusal of a value that it has.
 * Must: the value is refused; nothing else of the row is told.
 */
import assert from 'node:assert/strict';
import { asked, customersOf } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { hidden, own } = await customersOf(system);
    for (const answer of [
      await asked(system, 'POST', '/api/parcels', { what: 'x', buyer: 'ada', code: 'boscode77' }),
      await asked(system, 'PATCH', `/api/parcels/${own}`, { code: 'boscode77' }),
    ]) {
      assert.equal(answer.status, 422, answer.text);
      assert.ok(!answer.text.includes(hidden), answer.text);
      assert.doesNotMatch(answer.text, /"bo"|buyer/);
    }
  },
};
