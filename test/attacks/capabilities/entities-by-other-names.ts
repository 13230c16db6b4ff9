/**
 * Tries: to name an entity by its plural, its path, its id, its table, its view, and by names that are built.
 * Must: each is unknown or denied.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    otherNames: {
      capabilities: "{ product: ['read'] }",
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; for (const name of ['secretNotes', 'secret-notes', 'e_note', 'secretnote', 'SecretNote', 'secretNote ', 'now.secretNotes', 'v.e_note', 'secret' + 'Note', 'product.secretNote', '__proto__', 'constructor', 'theseus.keys', 'callers', 'keys', 'journal']) { await attempt(() => data[name]?.list({})); await attempt(() => data[name]?.get(input.text)); } return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('otherNames', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
  },
};
