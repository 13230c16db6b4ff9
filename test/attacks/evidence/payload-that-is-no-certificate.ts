/**
 * Tries: an envelope whose payload is JSON of another kind.
 * Must: it is refused, and the kernel lives.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      envelope: (envelope) => ({ ...envelope, payload: Buffer.from('[null,{"predicate":null}]').toString('base64') }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
