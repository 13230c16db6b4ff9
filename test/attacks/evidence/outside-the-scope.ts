/**
 * Tries: a change of one component under a certificate whose scope names another.
 * Must: it is refused.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      predicate: (predicate) => ({ ...predicate, scope: { components: ['entity/product'], members: ['entity/product'] } }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
