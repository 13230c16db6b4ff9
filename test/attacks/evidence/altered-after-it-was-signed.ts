/**
 * Tries: a certificate that was true and was altered afterwards.
 * Must: its signature does not hold.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      envelope: (envelope) => ({
        ...envelope,
        payload: Buffer.from(Buffer.from(envelope.payload, 'base64').toString().replace('"medium"', '"low"')).toString('base64'),
      }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
