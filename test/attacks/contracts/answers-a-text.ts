/**
 * Tries: to answer a text where members were promised.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { answersText: { body: "return 'x';" } },
  run: async (system) => {
    const answer = await system.operate('answersText', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/answersText');
  },
};
