/**
 * Tries: code that no gate would pass, with evidence that all of them passed.
 * Must: the kernel reads it itself and refuses it.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      files: (files) => ({
        'operations/reserved.ts': (files['operations/reserved.ts'] ?? '').replace(
          /return .*;/,
          "return ({}).constructor.constructor('return process')();",
        ),
      }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
