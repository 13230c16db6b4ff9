/**
 * Tries: texts with a zero byte, lone surrogates, controls: what PostgreSQL cannot hold.
 * Must: they are refused as invalid or kept as they are; nothing fails for others.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    controls: {
      capabilities: "{ product: ['create'] }",
      body: "const said = []; for (const text of ['a\\u0000b', 'a\\ud800b', '\\u202e', '\\u001b[31m', '\\ufeff', '\\r\\nX: y', '\\u2028']) try { await data.product.create({ name: text }); said.push('kept'); } catch (error) { said.push(error.code); } return { said: said.join(' '), count: said.length };",
    },
  },
  run: async (system) => {
    const { status, text } = await system.operate('controls');
    assert.ok([200, 422].includes(status), text);
    assert.doesNotMatch(text, /invalid byte sequence|unsupported Unicode|bug/);
  },
};
