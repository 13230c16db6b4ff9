/**
 * Tries: code that throws null while it loads.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { throwsLoading: { code: 'throw null;' } },
  run: async (system) => {
    const answer = await system.operate('throwsLoading', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/throwsLoading');
  },
};
