/**
 * Tries: an example that stood beside another component is taken out along with a change of code; the scope names the component, and no earlier tests, or others.
 * Must: it is refused.
 */
import assert from 'node:assert/strict';
import { forge, harmless } from '../harness/forged-certificates.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    for (const tests of [[], ['operation/reserved'], ['entity/product#another example']]) {
      const { outcome, why, served } = await forge(system, {
        files: (files) => {
          const [path, text] = Object.entries(files).find(([file, own]) => file.endsWith('.test.ts') && own.includes("example('")) ?? [];
          assert.ok(path !== undefined && text !== undefined, 'there is an example to be taken out');
          return { ...harmless(files), [path]: text.replace("example('", "example('no longer ") };
        },
        predicate: (predicate) => ({
          ...predicate,
          scope: { components: ['operation/reserved'], members: ['operation/reserved'], tests },
        }),
      });
      assert.equal(served, false, why);
      assert.notEqual(outcome, 'live');
      assert.match(why, /altered or taken out/);
    }
  },
};
