/**
 * Tries: to make rows of another, to give own ones away, and to take others over.
 * Must: nothing is made or moved to where she may not write it.
 */
import assert from 'node:assert/strict';
import { asked, customersOf, untouched } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { own, hidden } = await customersOf(system);
    for (const body of [
      { what: 'forged', buyer: 'bo' },
      { what: 'forged', buyer: 'BO' },
      { what: 'forged', buyer: 'ada ' },
      { what: 'forged', buyer: 'ada', sealed: true },
    ])
      assert.ok((await asked(system, 'POST', '/api/parcels', body)).status >= 400, JSON.stringify(body));
    assert.ok((await asked(system, 'PATCH', `/api/parcels/${own}`, { buyer: 'bo' })).status >= 400);
    for (const more of [{ id: hidden }, { version: 99 }, { createdBy: 'bo' }, { caller: 'bo' }])
      assert.ok(
        (await asked(system, 'POST', '/api/parcels', { what: 'forged', buyer: 'ada', ...more })).status >= 400,
        JSON.stringify(more),
      );
    const forged = await system.call('GET', '/api/parcels?what=forged');
    assert.deepEqual(forged.json.items, []);
    await untouched(system);
  },
};
