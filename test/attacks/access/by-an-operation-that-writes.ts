/**
 * Tries: to alter, remove or take over the rows of others by an operation whose contract writes all of them.
 * Must: none is altered, and what was written beside is gone.
 */
import assert from 'node:assert/strict';
import { asked, customersOf, untouched } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    writes: {
      capabilities: "{ parcel: ['read', 'create', 'update', 'delete'] }",
      body: "if (input.n === 1) await data.parcel.update(input.text, { what: 'written by another' }); if (input.n === 2) await data.parcel.delete(input.text); if (input.n === 3) await data.parcel.create({ what: 'written by another', buyer: 'bo' }); if (input.n === 4) { const { items } = await data.parcel.list({ limit: 1 }); await data.parcel.update(items[0].id, { buyer: 'bo', what: 'written by another' }); } return { said: 'done', count: 1 };",
    },
  },
  run: async (system) => {
    const { hidden } = await customersOf(system);
    for (const n of [1, 2, 3, 4])
      assert.notEqual((await asked(system, 'POST', '/api/hostile/writes', { text: hidden, n })).status, 200, String(n));
    await untouched(system);
    assert.deepEqual(
      await system.sql("select 1 from theseus.journal where entity = 'e_parcel' and after::text like '%written by another%'"),
      [],
    );
  },
};
