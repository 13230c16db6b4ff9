/**
 * Tries: values that are JSON with keys of the machine, twice the same key, and prototypes.
 * Must: they are values; what stands twice is refused.
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
    const ask = async (body: string): Promise<{ readonly status: number; readonly text: string }> => {
      const answer = await fetch(system.url + '/api/hostile/json-keys', {
        method: 'POST',
        headers: { authorization: 'Bearer ' + system.operatorKey, 'content-type': 'application/json' },
        body,
      });
      return { status: answer.status, text: await answer.text() };
    };
    const all = '"all":{"__proto__":{"strange":1},"constructor":{"prototype":{"strange":1}},"refused":true,"code":"conflict"}';
    const once = await ask(`{"n":2,${all}}`);
    assert.ok(once.status === 422 || /"count":0/.test(once.text), once.text);
    for (const twice of [`{"n":1,"n":2,${all}}`, `{"n":1,"\\u006e":2}`, '{"all":{"a":[{"b":1,"b":2}]}}'])
      assert.equal((await ask(twice)).status, 400, twice);
    assert.equal('strange' in {}, false);
  },
};
