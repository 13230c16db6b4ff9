/**
 * Tries: a wider contract than the scope allows: more capabilities for an operation.
 * Must: it is refused.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      files: (files) => ({
        'operations/reserved.ts': (files['operations/reserved.ts'] ?? '').replace(
          "{ secretNote: ['read', 'update'] }",
          "{ secretNote: ['read', 'update', 'delete'], product: ['delete'] }",
        ),
      }),
      predicate: (predicate) => ({ ...predicate, scope: { components: predicate.scope.components, members: [] } }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
