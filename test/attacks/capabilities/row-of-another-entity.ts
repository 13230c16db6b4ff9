/**
 * Tries: to read a row of another entity by its id, through the entity that is granted.
 * Must: there is no such row.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    otherRow: {
      capabilities: "{ product: ['read', 'update', 'delete'] }",
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; await attempt(() => data.product.get(input.text)); await attempt(() => data.product.update(input.text, { name: 'x' })); await attempt(() => data.product.delete(input.text)); return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('otherRow', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
  },
};
