/**
 * Tries: a certificate without any signature.
 * Must: it is refused.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, { envelope: (envelope) => ({ ...envelope, signatures: [] }) });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
