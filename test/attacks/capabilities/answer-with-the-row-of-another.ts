/**
 * Tries: to answer with the id of a row that its contract does not promise, so that the machine reads it out.
 * Must: it is no row of the promised entity.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    otherAnswer: { capabilities: "{ product: ['read'] }", body: "return { id: input.text, body: 'x' };", output: "{ row: 'product' }" },
  },
  run: async (system) => {
    const answer = await system.operate('otherAnswer', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
  },
};
