/**
 * Tries: two operations that write the same rows in opposite order, to stand still for ever.
 * Must: both end; what stays is whole.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    firstWay: {
      capabilities: "{ product: ['read', 'update', 'create'] }",
      body: "const rows = (await data.product.list({ limit: 2 })).items; for (const row of rows) await data.product.update(row.id, { name: row.name }); return { said: 'done', count: 1 };",
    },
    otherWay: {
      capabilities: "{ product: ['read', 'update', 'create'] }",
      body: "const rows = (await data.product.list({ limit: 2 })).items.reverse(); for (const row of rows) await data.product.update(row.id, { name: row.name }); return { said: 'done', count: 1 };",
    },
  },
  run: async (system) => {
    await system.call('POST', '/api/products', { name: 'Coffee', stock: 1 });
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => system.operate(at % 2 === 0 ? 'firstWay' : 'otherWay')));
    assert.ok(
      answers.every(({ status }) => [200, 409, 503, 504].includes(status)),
      JSON.stringify(answers.map(({ status }) => status)),
    );
    const idle = await system.sql(
      "select pid from pg_stat_activity where datname = 'theseus' and usename = 'theseus_data' and state like 'idle in transaction%' and now() - xact_start > interval '2 seconds'",
    );
    assert.deepEqual(idle, []);
  },
};
