/**
 * Tries: SQL in the values of filters, in operators and in searches.
 * Must: they are compared as texts, or refused.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    sqlFilters: {
      capabilities: "{ product: ['read'] }",
      body: "let found = 0; const texts = [\"'; drop table theseus.keys; --\", '\"; select 1', \"x' or '1'='1\", '\\\\', '$1', '%s', '${1}', \"'||(select 1/0)||'\", 'x); delete from e.x; --', '/* */ union select * from theseus.keys', '\\u2019; x', 'E\\'\\\\x00\\'']; for (const text of texts) for (const query of [{ filters: [{ field: 'name', operator: 'eq', value: text }] }, { filters: [{ field: 'name', operator: text, value: 'x' }] }, { q: text + 'zzz' }]) try { found += (await data.product.list(query)).items.filter((row) => !texts.includes(row.name)).length; } catch {} return { said: 'x', count: found };",
    },
  },
  run: async (system) => {
    assert.match((await system.operate('sqlFilters')).text, /"count":0/);
  },
};
