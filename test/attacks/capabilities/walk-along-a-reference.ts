/**
 * Tries: to read fields of another entity along a reference: in filters, in sorting, in searching.
 * Must: a query names fields of its own entity alone.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    walk: {
      capabilities: "{ product: ['read'] }",
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; for (const field of ['note.body', 'note->body', 'note/body', 'secretNote.body', 'note.secretNote.body']) { await attempt(() => data.product.list({ filters: [{ field, operator: 'eq', value: 'x' }] })); await attempt(() => data.product.list({ sort: field })); await attempt(() => data.product.list({ sort: '-' + field })); await attempt(() => data.product.list({ include: field, fields: field, expand: field, select: field })); } return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('walk', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
  },
};
