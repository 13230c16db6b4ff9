/**
 * Tries: a change that acts, certified as of low risk.
 * Must: the kernel knows the least risk by itself.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, { predicate: (predicate) => ({ ...predicate, risk: 'low' }) });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
