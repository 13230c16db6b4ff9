/**
 * Tries: a gate that could not decide, handed in as if that were enough.
 * Must: unknown is never a pass.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      predicate: (predicate) => ({
        ...predicate,
        evidence: predicate.evidence.map((each) => (each.gate === 'types' ? { ...each, verdict: 'unknown' as const } : each)),
      }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
