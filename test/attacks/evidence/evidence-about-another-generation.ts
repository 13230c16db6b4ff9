/**
 * Tries: evidence that looked at something else.
 * Must: it is refused.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      predicate: (predicate) => ({ ...predicate, evidence: predicate.evidence.map((each) => ({ ...each, looked: [predicate.base] })) }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
