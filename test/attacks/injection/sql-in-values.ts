/**
 * Tries: SQL in the values that a component writes.
 * Must: each is stored as the text that it is.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    sqlValues: {
      capabilities: "{ product: ['create', 'read'] }",
      body: "const texts = [\"'; drop table theseus.keys; --\", '\"; select 1', \"x' or '1'='1\", '\\\\', '$1', '%s', '${1}', \"'||(select 1/0)||'\", 'x); delete from e.x; --', '/* */ union select * from theseus.keys', '\\u2019; x', 'E\\'\\\\x00\\'']; let same = 0; for (const text of texts) { const row = await data.product.create({ name: text }); if ((await data.product.get(row.id)).name === text) same += 1; } return { said: same === texts.length ? 'same' : 'other', count: same };",
    },
  },
  run: async (system) => {
    assert.match((await system.operate('sqlValues')).text, /"same"/);
    assert.ok((await system.sql('select 1 from theseus.keys')).length > 0);
  },
};
