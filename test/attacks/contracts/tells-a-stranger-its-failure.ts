/**
 * Tries: to tell a caller without rights what stands in an error: data, places, code.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import assert from 'node:assert/strict';
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { tellsStranger: { body: "const { items } = { items: [1] }; throw new Error('the-inner-matter ' + items[0]);" } },
  run: async (system) => {
    const key = await system.keyFor(['clerk']);
    const answer = await system.operate('tellsStranger', { text: 'x', n: 1 }, { key });
    mustBlame(answer, 'operation/tellsStranger');
    assert.doesNotMatch(answer.text, /the-inner-matter/);
  },
};
