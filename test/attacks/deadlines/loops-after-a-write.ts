/**
 * Tries: to write a row and then compute for ever.
 * Must: it is stopped; the row is as it was.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    loopsRow: {
      capabilities: "{ product: ['read', 'update', 'create'] }",
      more: 'caps: { wallMs: 800 },',
      body: 'const { items } = await data.product.list({}); await data.product.update(items[0].id, { stock: 4321 }); for (;;);',
    },
  },
  run: async (system) => {
    assert.ok((await system.operate('loopsRow')).status >= 500);
    assert.equal((await system.call('GET', '/api/products/' + system.product)).json['stock'], 5);
    const idle = await system.sql(
      "select pid from pg_stat_activity where datname = 'theseus' and usename = 'theseus_data' and state like 'idle in transaction%' and now() - xact_start > interval '2 seconds'",
    );
    assert.deepEqual(idle, []);
  },
};
