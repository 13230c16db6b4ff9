/**
 * Tries: signatures that are no signatures: empty, huge, no base64, not even a list.
 * Must: they do not hold, and the kernel lives.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      envelope: (envelope) => ({
        ...envelope,
        signatures: [
          { keyid: '', sig: '' },
          { keyid: 'x', sig: 'A'.repeat(100_000) },
          { keyid: 'x', sig: '\u0001' },
        ],
      }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
