/**
 * Tries: SQL where an id is expected, by a component and by a caller.
 * Must: it is no id.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    sqlIds: {
      capabilities: "{ product: ['read', 'update', 'delete'] }",
      body: "let taken = 0; for (const id of [\"' or true --\", '00000000-0000-0000-0000-000000000000', \"x'::uuid\", '', '%', 'null', { a: 1 }, [1], null]) for (const go of [() => data.product.get(id), () => data.product.update(id, { stock: 1 }), () => data.product.delete(id)]) try { await go(); taken += 1; } catch {} return { said: 'x', count: taken };",
    },
  },
  run: async (system) => {
    assert.match((await system.operate('sqlIds')).text, /"count":0/);
    for (const id of ["' or true --", '%27%20or%20true', "x'::uuid", '..%2F..%2Fkeys'])
      assert.ok([400, 404, 422].includes((await system.call('GET', '/api/products/' + encodeURIComponent(id))).status));
  },
};
