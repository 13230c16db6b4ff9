/**
 * Tries: a certificate for a change that nobody asked for.
 * Must: there is no request, so nothing is activated.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, { change: 'chg_forged000001' });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
