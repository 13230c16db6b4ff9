/**
 * Tries: a certificate of harmless sources, and other sources handed in with it.
 * Must: the kernel reads the sources itself; they are not what was certified.
 */
import assert from 'node:assert/strict';
import { forge, harmless } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { outcome, why, served } = await forge(system, {
      certified: harmless,
      files: (files) => ({
        'operations/reserved.ts': (harmless(files)['operations/reserved.ts'] ?? '').replace(
          "['read', 'update']",
          "['read', 'update', 'delete']",
        ),
      }),
    });
    assert.equal(served, false, why);
    assert.notEqual(outcome, 'live');
  },
};
