/**
 * Tries: code that never ends while it loads.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { loadsForEver: { code: 'for (;;);' } },
  run: async (system) => {
    const answer = await system.operate('loadsForEver', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/loadsForEver');
  },
};
