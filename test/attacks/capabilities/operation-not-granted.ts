/**
 * Tries: to call operations that the contract does not name, one of them with more rights.
 * Must: none runs.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    callOther: {
      capabilities: '{}',
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; for (const name of ['reserved', 'callOther', 'placeOrder', 'reserved/x']) { await attempt(() => (call ?? data.call)(name, {})); await attempt(() => data[name].create({})); } return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('callOther', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
  },
};
