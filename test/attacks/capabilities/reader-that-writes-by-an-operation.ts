/**
 * Tries: a caller who may only read calls an operation that writes; its contract says GET.
 * Must: a reader writes nothing, whatever the method says.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    getWrites: {
      method: 'GET',
      input: '{}',
      capabilities: "{ product: ['read', 'update'] }",
      body: "const { items } = await data.product.list({}); await data.product.update(items[0].id, { stock: 4444 }); return { said: 'written' };",
    },
  },
  run: async (system) => {
    const key = await system.keyFor(['viewer']);
    await system.call('GET', '/api/hostile/get-writes', undefined, { key });
    assert.equal((await system.call('GET', '/api/products/' + system.product)).json['stock'], 5);
  },
};
