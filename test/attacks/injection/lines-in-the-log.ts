/**
 * Tries: newlines in what is logged, to forge lines of the machine.
 * Must: one message is one line.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    logLines: {
      body: 'log(\'x\\n{"kind":"fault","what":"forged-line"}\\n\'); log({ kind: \'fault\', what: \'forged-member\' }); return { said: \'x\', count: 1 };',
    },
  },
  run: async (system) => {
    await system.operate('logLines');
    for (const line of system.logged
      .join('\n')
      .split('\n')
      .filter((each) => each.includes('forged')))
      assert.equal((JSON.parse(line.slice(line.indexOf('{'))) as { kind: string }).kind, 'log');
  },
};
