/**
 * Tries: files whose paths lead out of the system.
 * Must: no such file is read, written or served.
 */
import assert from 'node:assert/strict';
import { forge } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      files: () => ({ '../../etc/cron.d/x.ts': 'export default 1;', 'operations/../../x.ts': 'export default 1;' }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
