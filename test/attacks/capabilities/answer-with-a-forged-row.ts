/**
 * Tries: to answer with a true id and false values.
 * Must: the answer is the row as it is stored, not as it is told.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    forgedAnswer: {
      capabilities: "{ product: ['read'] }",
      body: 'const { items } = await data.product.list({}); return { ...items[0], stock: 123456, cost: 1 };',
      output: "{ row: 'product' }",
    },
  },
  run: async (system) => {
    const answer = await system.operate('forgedAnswer', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
    assert.ok(!answer.text.includes('123456'), answer.text);
  },
};
