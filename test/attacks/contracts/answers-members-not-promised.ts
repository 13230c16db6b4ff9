/**
 * Tries: to answer more than was promised: what is not promised must not come out.
 * Must: what was promised comes out, and nothing else, also not in what is kept of the answer.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { answersMore: { body: "return { said: 'x', count: 1, leak: 'the-leak' };" } },
  run: async (system) => {
    const answer = await system.operate('answersMore', { text: 'x', n: 1 });
    assert.equal(answer.status, 200);
    assert.deepEqual(Object.keys(answer.json).sort(), ['count', 'said']);
    assert.doesNotMatch(answer.text, /the-leak/);
  },
};
