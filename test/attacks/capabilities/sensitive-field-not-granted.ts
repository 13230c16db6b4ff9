/**
 * Tries: to read a sensitive field of an entity that is granted without it: whole, by filter, by order.
 * Must: it is absent, and cannot be asked by.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    sensitive: {
      capabilities: "{ product: ['read'] }",
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; await attempt(() => data.product.list({})); const { items } = await data.product.list({}); await attempt(() => data.product.get(items[0].id)); await attempt(() => data.product.list({ filters: [{ field: 'cost', operator: 'gte', value: 777111 }] })); await attempt(() => data.product.list({ sort: 'cost' })); return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('sensitive', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
    assert.ok(!answer.text.includes('777111'), answer.text);
  },
};
