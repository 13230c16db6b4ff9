/**
 * Tries: to throw an object, each getter of which throws another.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    throwsGetters: {
      body: 'const bomb = () => ({ get message() { throw bomb(); }, get stack() { throw bomb(); }, toString() { throw bomb(); } }); throw bomb();',
    },
  },
  run: async (system) => {
    const answer = await system.operate('throwsGetters', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/throwsGetters');
  },
};
