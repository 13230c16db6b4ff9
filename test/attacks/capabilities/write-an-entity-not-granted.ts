/**
 * Tries: to create, alter and delete rows of an entity that the contract does not name.
 * Must: nothing is written.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    writeOther: {
      capabilities: "{ product: ['read'] }",
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; await attempt(() => data.secretNote.create({ name: 'x' })); await attempt(() => data.secretNote.update(input.text, { body: 'mine' })); await attempt(() => data.secretNote.delete(input.text)); return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('writeOther', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
    assert.match(answer.text, /forbidden forbidden forbidden/);
    assert.equal((await system.sql("select 1 from theseus.journal where entity = 'e_note'")).length, 1);
  },
};
