/**
 * Tries: to raise the rights of its caller, by altering what it was told of it.
 * Must: the caller is whom the machine knows.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    raise: {
      capabilities: "{ product: ['read', 'update'] }",
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; try { caller.roles.push('owner'); caller.id = 'owner'; } catch {} await attempt(() => data.secretNote.list({})); await attempt(() => call?.('reserved', {})); return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('raise', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
  },
};
