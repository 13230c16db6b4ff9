/**
 * Tries: a change of high risk that says of itself that it may go live.
 * Must: policy decides, not the certificate; it waits for a person.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, { predicate: (predicate) => ({ ...predicate, risk: 'high', autonomy: 'act' }) });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
