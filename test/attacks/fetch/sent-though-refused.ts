/**
 * Tries: to have something sent by a call that is refused afterwards, or that dies.
 * Must: nothing leaves before the commit, and nothing of what is rolled back.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "await fetch('http://send.test:' + port + '/effect', { method: 'POST', body: 'x' }); throw Object.assign(new Error('no'), { code: 'conflict' });",
  watch: ({ heard, sendings }) => {
    assert.deepEqual([heard.length, sendings.length], [0, 0]);
  },
};
