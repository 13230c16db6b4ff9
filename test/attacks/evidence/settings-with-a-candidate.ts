/**
 * Tries: to alter theseus.json, and with it policy and roles, by a candidate.
 * Must: settings come with no candidate.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      files: (files) => ({ 'theseus.json': (files['theseus.json'] ?? '').replace('"high":"propose"', '"high":"act"') }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
