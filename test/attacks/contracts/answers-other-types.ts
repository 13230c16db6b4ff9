/**
 * Tries: to answer a number for a text, and a text for a number.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { answersTypes: { body: "return { said: 7, count: 'seven' };" } },
  run: async (system) => {
    const answer = await system.operate('answersTypes', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/answersTypes');
  },
};
