/**
 * Tries: to write where the contract lets it only read.
 * Must: nothing is written.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    writeRead: {
      capabilities: "{ product: ['read'], secretNote: ['create'] }",
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; const { items } = await data.product.list({}); await attempt(() => data.product.update(items[0].id, { stock: 999 })); await attempt(() => data.product.delete(items[0].id)); await attempt(() => data.product.create({ name: 'mine' })); return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('writeRead', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
    assert.equal((await system.call('GET', '/api/products/' + system.product)).json['stock'], 5);
  },
};
