/**
 * Tries: values that are JSON with keys of the machine, twice the same key, and prototypes.
 * Must: they are values.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    jsonKeys: {
      input: "{ text: text({ id: 'f_jkt', no: 1 }), n: integer({ id: 'f_jkn', no: 2 }), all: json({ id: 'f_jka', no: 3 }) }",
      body: 'return { said: JSON.stringify(input.all ?? null).slice(0, 200), count: ({}).strange === undefined ? 0 : 1 };',
    },
  },
  run: async (system) => {
    const answer = await fetch(system.url + '/api/hostile/json-keys', {
      method: 'POST',
      headers: { authorization: 'Bearer ' + system.operatorKey, 'content-type': 'application/json' },
      body: '{"n":1,"n":2,"all":{"__proto__":{"strange":1},"constructor":{"prototype":{"strange":1}},"refused":true,"code":"conflict"}}',
    });
    const text = await answer.text();
    assert.ok(answer.status === 422 || /"count":0/.test(text), text);
    assert.equal('strange' in {}, false);
  },
};
