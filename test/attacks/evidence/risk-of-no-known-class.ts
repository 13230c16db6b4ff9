/**
 * Tries: a risk class that policy does not know, such as an inherited name.
 * Must: it is refused, and the kernel lives.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, { predicate: (predicate) => ({ ...predicate, risk: 'constructor' as 'low' }) });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
