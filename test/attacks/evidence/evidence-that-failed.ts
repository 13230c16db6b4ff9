/**
 * Tries: a gate that failed, beside the same gate that passed.
 * Must: one failure is enough.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      predicate: (predicate) => ({
        ...predicate,
        evidence: [...predicate.evidence, ...predicate.evidence.slice(0, 1).map((each) => ({ ...each, verdict: 'fail' as const }))],
      }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
