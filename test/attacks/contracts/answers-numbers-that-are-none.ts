/**
 * Tries: to answer numbers that no JSON has.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { answersNaN: { body: "return { said: 'x', count: 1e300 };" } },
  run: async (system) => {
    const answer = await system.operate('answersNaN', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/answersNaN');
  },
};
