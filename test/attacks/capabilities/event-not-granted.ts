/**
 * Tries: to emit events that the contract does not name, such as those of the machine.
 * Must: none stands in the outbox.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    emitOther: {
      capabilities: '{}',
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code); } }; for (const type of ['product.updated', 'secretNote.created', 'order.paid', 'theseus.activated', '']) await attempt(() => emit(type, { forged: true })); return { said: said.join(' ').slice(0, 900), count: said.length };",
    },
  },
  run: async (system) => {
    const answer = await system.operate('emitOther', { text: system.note });
    assert.ok(!answer.text.includes(system.secret), answer.text);
    assert.equal((await system.sql("select 1 from theseus.outbox where data::text like '%forged%'")).length, 0);
  },
};
