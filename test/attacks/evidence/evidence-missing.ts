/**
 * Tries: a certificate without the evidence of one gate that policy asks for.
 * Must: it is refused.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      predicate: (predicate) => ({ ...predicate, evidence: predicate.evidence.filter(({ gate }) => gate !== 'examples') }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
