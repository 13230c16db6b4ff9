/**
 * Tries: to answer a list where members were promised.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { answersList: { body: 'return [{ said: 1 }];' } },
  run: async (system) => {
    const answer = await system.operate('answersList', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/answersList');
  },
};
