/**
 * Tries: newlines in the reason of a refusal, to write headers or a second answer.
 * Must: they stand in the text of the problem, nowhere else.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    headers: { body: "refuse('conflict', 'x\\r\\nSet-Cookie: forged=1\\r\\n\\r\\n<script>alert(1)</script>', { 'a\\r\\nb': 'c' });" },
  },
  run: async (system) => {
    const answer = await fetch(system.url + '/api/hostile/headers', {
      method: 'POST',
      headers: { authorization: 'Bearer ' + system.operatorKey, 'content-type': 'application/json' },
      body: '{}',
    });
    assert.equal(answer.headers.get('set-cookie'), null);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.status, 409);
  },
};
