/**
 * Tries: to answer nothing where members were promised.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { answersNothing: { body: 'return undefined;' } },
  run: async (system) => {
    const answer = await system.operate('answersNothing', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/answersNothing');
  },
};
