/**
 * Tries: to take all connections by many calls that wait for ever.
 * Must: others are answered meanwhile, and all connections come back.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    waits: {
      capabilities: "{ product: ['read', 'update', 'create'] }",
      more: 'caps: { wallMs: 800 },',
      body: 'await data.product.list({}); await new Promise(() => {});',
    },
  },
  run: async (system) => {
    const hanging = Array.from({ length: 40 }, () => system.operate('waits'));
    const began = performance.now();
    const others = await Promise.all(Array.from({ length: 10 }, () => system.call('GET', '/api/products/' + system.product)));
    assert.ok(others.every((answer) => answer.status === 200));
    assert.ok(performance.now() - began < 6_000);
    await Promise.all(hanging);
    assert.equal((await system.call('PATCH', '/api/products/' + system.product, { name: 'Tea' })).status, 200);
    const idle = await system.sql(
      "select pid from pg_stat_activity where datname = 'theseus' and usename = 'theseus_data' and state like 'idle in transaction%' and now() - xact_start > interval '2 seconds'",
    );
    assert.deepEqual(idle, []);
  },
};
