/**
 * Tries: to throw undefined.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { throwsNothing: { body: 'throw undefined;' } },
  run: async (system) => {
    const answer = await system.operate('throwsNothing', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/throwsNothing');
  },
};
