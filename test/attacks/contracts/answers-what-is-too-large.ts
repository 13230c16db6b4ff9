/**
 * Tries: to answer more than a contract allows.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { answersHuge: { body: "return { said: 'x'.repeat(9_000_000) };" } },
  run: async (system) => {
    const answer = await system.operate('answersHuge', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/answersHuge');
  },
};
