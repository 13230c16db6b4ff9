/**
 * Tries: to set what only the machine sets: id, version, times, physical columns.
 * Must: such members are refused or left alone.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    mass: {
      capabilities: "{ product: ['read', 'update'] }",
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; const { items: [row] } = await data.product.list({}); for (const patch of [{ id: input.text }, { version: 99 }, { createdAt: 1 }, { f_pcost: 1 }, { __proto__: { stock: 1 } }, { 'stock\"': 1 }]) await attempt(() => data.product.update(row.id, patch)); return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('mass', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
    const { json } = await system.call('GET', '/api/products/' + system.product);
    assert.deepEqual([json['id'], json['stock'], json['cost']], [system.product, 5, 777_111]);
  },
};
