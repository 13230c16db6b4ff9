/**
 * Tries: the same bytes and signature, said to be of another type.
 * Must: the signature covers the type.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      envelope: (envelope) => ({ ...envelope, payloadType: 'text/plain' as 'application/vnd.in-toto+json' }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
