/**
 * Tries: an operation that the scope names wholly is opened to viewers, who write nothing, and emits what a reaction hears, which deletes
 * products; the scope does not say that it comes to that, or says that it comes to something else.
 * Must: it is refused.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { wish: { capabilities: "{ emit: ['wished'] }", more: "roles: ['owner']," } },
  run: async (system) => {
    for (const reaches of [undefined, ['operation/reserved'], ['entity/product']]) {
      const { outcome, why, served } = await forge(system, {
        files: (files) => ({
          'operations/reserved.ts': (files['operations/reserved.ts'] ?? '')
            .replace("{ secretNote: ['read', 'update'] }", "{ secretNote: ['read', 'update'], emit: ['wished'] }")
            .replace("roles: ['owner'],", "roles: ['owner', 'viewer'],"),
        }),
        predicate: (predicate) => ({
          ...predicate,
          risk: 'high',
          scope: { ...predicate.scope, ...(reaches === undefined ? {} : { reaches }) },
        }),
      });
      assert.equal(served, false, why);
      assert.notEqual(outcome, 'live');
      assert.match(why, /let somebody do what was not asked for: viewer can delete product/, `reaches ${String(reaches)}`);
    }
  },
};
