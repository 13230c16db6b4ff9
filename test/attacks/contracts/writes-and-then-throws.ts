/**
 * Tries: to write first and throw afterwards.
 * Must: what it wrote is rolled back; the problem names it.
 */
import assert from 'node:assert/strict';
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    writesThrows: {
      body: 'const { items } = await data.product.list({}); await data.product.update(items[0].id, { stock: 1234 }); throw null;',
      capabilities: "{ product: ['read', 'update'] }",
    },
  },
  run: async (system) => {
    const answer = await system.operate('writesThrows', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/writesThrows');
    assert.equal((await system.call('GET', '/api/products/' + system.product)).json['stock'], 5);
  },
};
