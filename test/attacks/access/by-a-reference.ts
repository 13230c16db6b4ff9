/**
 * Tries: to tell a hidden row from none by pointing at it, when a row is made and when one is altered.
 * Must: both are refused in the same words.
 */
import assert from 'node:assert/strict';
import { asked, customersOf, toldFromNothing } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { own } = await customersOf(system);
    const made = await toldFromNothing(system, (id) => asked(system, 'POST', '/api/remarks', { said: 'points', parcel: id }));
    assert.ok(made >= 400, String(made));
    const altered = await toldFromNothing(system, (id) => asked(system, 'PATCH', `/api/parcels/${own}`, { parent: id }));
    assert.ok(altered >= 400, String(altered));
    const child = await toldFromNothing(system, (id) => asked(system, 'POST', '/api/parcels', { what: 'child', buyer: 'ada', parent: id }));
    assert.ok(child >= 400, String(child));
  },
};
