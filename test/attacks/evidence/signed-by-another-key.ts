/**
 * Tries: a certificate in which all is well, signed by somebody else.
 * Must: it is refused, and nothing else serves.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, { signWith: 'another key' });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
