/**
 * Tries: an operation that the scope names wholly gets hold of rows that it does not name: deleting products.
 * Must: it is refused.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    for (const data of [[], ['product read'], ['secretNote'], ['product.price read']]) {
      const { outcome, why, served } = await forge(system, {
        files: (files) => ({
          'operations/reserved.ts': (files['operations/reserved.ts'] ?? '').replace(
            "{ secretNote: ['read', 'update'] }",
            "{ secretNote: ['read', 'update'], product: ['delete'] }",
          ),
        }),
        predicate: (predicate) => ({ ...predicate, scope: { ...predicate.scope, data } }),
      });
      assert.equal(served, false, why);
      assert.notEqual(outcome, 'live');
      assert.match(why, /within its reach: product delete/);
    }
  },
};
