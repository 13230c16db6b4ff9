/**
 * Tries: to ask small things for ever, never idle and never done.
 * Must: its number of asks or its time ends it.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    asksOn: {
      capabilities: "{ product: ['read', 'update', 'create'] }",
      more: 'caps: { wallMs: 800 },',
      body: 'for (;;) await data.product.list({ limit: 1 });',
    },
  },
  run: async (system) => {
    const began = performance.now();
    assert.ok((await system.operate('asksOn')).status >= 400);
    assert.ok(performance.now() - began < 10_000);
    const idle = await system.sql(
      "select pid from pg_stat_activity where datname = 'theseus' and usename = 'theseus_data' and state like 'idle in transaction%' and now() - xact_start > interval '2 seconds'",
    );
    assert.deepEqual(idle, []);
  },
};
