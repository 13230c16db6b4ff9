/**
 * Tries: to throw a symbol.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { throwsSymbol: { body: "throw Symbol('x');" } },
  run: async (system) => {
    const answer = await system.operate('throwsSymbol', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/throwsSymbol');
  },
};
