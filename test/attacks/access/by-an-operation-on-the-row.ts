/**
 * Tries: to have an operation act on the row of another.
 * Must: it is not there for her, and nothing of it is altered.
 */
import assert from 'node:assert/strict';
import { asked, toldFromNothing, untouched } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    seals: {
      capabilities: "{ parcel: ['read', 'update'] }",
      more: "on: 'parcel',",
      body: 'await data.parcel.update(row.id, { sealed: true }); return { said: row.what, count: 1 };',
    },
  },
  run: async (system) => {
    const status = await toldFromNothing(system, (id) => asked(system, 'POST', `/api/hostile/${id}/seals`, {}));
    assert.equal(status, 404);
    await untouched(system);
  },
};
