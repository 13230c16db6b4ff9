/**
 * Tries: to throw an error of many megabytes.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { throwsHuge: { body: "throw new Error('x'.repeat(30_000_000));" } },
  run: async (system) => {
    const answer = await system.operate('throwsHuge', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/throwsHuge');
  },
};
