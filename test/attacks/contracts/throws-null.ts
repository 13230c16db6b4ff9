/**
 * Tries: to throw null.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { throwsNull: { body: 'throw null;' } },
  run: async (system) => {
    const answer = await system.operate('throwsNull', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/throwsNull');
  },
};
