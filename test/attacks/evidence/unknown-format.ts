/**
 * Tries: a certificate of a format that is not known yet.
 * Must: it is refused.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      predicate: (predicate) => ({ ...predicate, format: 'theseus/certificate/2' as 'theseus/certificate/1' }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
