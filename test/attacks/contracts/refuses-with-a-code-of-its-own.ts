/**
 * Tries: to refuse with a code that nobody knows.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { refusesStrange: { body: "refuse('constructor', 'x');" } },
  run: async (system) => {
    const answer = await system.operate('refusesStrange', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/refusesStrange');
  },
};
