/**
 * Tries: to fetch from hosts, addresses and files that the contract does not name.
 * Must: nothing is opened.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    fetchOther: {
      capabilities: '{}',
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; for (const url of ['http://127.0.0.1/', 'https://example.org/', 'file:///etc/passwd', 'http://169.254.169.254/', 'data:text/plain,x', 'http://localhost:5432/']) await attempt(() => fetch(url)); return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('fetchOther', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
  },
};
