/**
 * Tries: a certificate made on a generation that does not serve.
 * Must: it is made anew or refused.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, { predicate: (predicate) => ({ ...predicate, base: predicate.generation }) });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
