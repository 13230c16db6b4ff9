/**
 * Tries: to answer an object that holds itself.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { answersCircle: { body: "const all = { said: 'x' }; all.all = all; return all;" } },
  run: async (system) => {
    const answer = await system.operate('answersCircle', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/answersCircle');
  },
};
