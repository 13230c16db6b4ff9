/**
 * Tries: to learn or to overwrite a sensitive field by writing it.
 * Must: it is denied, and not told in the image of the row.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    sensitiveWrite: {
      capabilities: "{ product: ['read', 'update'] }",
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; const { items } = await data.product.list({}); await attempt(() => data.product.update(items[0].id, { cost: 1 })); await attempt(() => data.product.update(items[0].id, { name: 'Tea' })); return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('sensitiveWrite', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
    assert.ok(!answer.text.includes('777111'), answer.text);
    assert.equal((await system.call('GET', '/api/products/' + system.product)).json['cost'], 777_111);
  },
};
