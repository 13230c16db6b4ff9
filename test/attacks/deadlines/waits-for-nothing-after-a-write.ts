/**
 * Tries: to write a row and then wait for ever, holding its lock.
 * Must: it is let go at its deadline; the row is as it was, and others may write it.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    holdsRow: {
      capabilities: "{ product: ['read', 'update', 'create'] }",
      more: 'caps: { wallMs: 800 },',
      body: 'const { items } = await data.product.list({}); await data.product.update(items[0].id, { stock: 4321 }); await new Promise(() => {});',
    },
  },
  run: async (system) => {
    const hanging = system.operate('holdsRow');
    const other = await system.call('PATCH', '/api/products/' + system.product, { name: 'Tea' });
    assert.equal(other.status, 200, JSON.stringify(other.json));
    assert.ok((await hanging).status >= 500);
    assert.equal((await system.call('GET', '/api/products/' + system.product)).json['stock'], 5);
    const idle = await system.sql(
      "select pid from pg_stat_activity where datname = 'theseus' and usename = 'theseus_data' and state like 'idle in transaction%' and now() - xact_start > interval '2 seconds'",
    );
    assert.deepEqual(idle, []);
  },
};
