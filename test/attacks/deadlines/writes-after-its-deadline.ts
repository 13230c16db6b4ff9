/**
 * Tries: to catch everything and to write on when its time is over.
 * Must: nothing of it is kept.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    late: {
      capabilities: "{ product: ['read', 'update', 'create'] }",
      more: 'caps: { wallMs: 800 },',
      body: "(async () => { for (let turn = 0; turn < 1_000_000; turn += 1) { await null; if (turn % 1_000 === 0) data.product.create({ name: 'late' }).catch(() => {}); } })(); await new Promise(() => {});",
    },
  },
  run: async (system) => {
    assert.ok((await system.operate('late')).status >= 400);
    assert.equal((await system.sql("select 1 from theseus.journal where after::text like '%late%'")).length, 0);
    const idle = await system.sql(
      "select pid from pg_stat_activity where datname = 'theseus' and usename = 'theseus_data' and state like 'idle in transaction%' and now() - xact_start > interval '2 seconds'",
    );
    assert.deepEqual(idle, []);
  },
};
