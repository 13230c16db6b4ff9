/**
 * Tries: to read rows of an entity that the contract does not name.
 * Must: it is refused; the secret does not come out.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    readOther: {
      capabilities: "{ product: ['read'] }",
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; await attempt(() => data.secretNote.list({})); await attempt(() => data.secretNote.get(input.text)); return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('readOther', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
    assert.match(answer.text, /forbidden forbidden/);
  },
};
