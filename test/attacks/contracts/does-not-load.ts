/**
 * Tries: code that is no JavaScript.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { doesNotLoad: { code: 'globalThis.component = ({ async run() { return 1; }' } },
  run: async (system) => {
    const answer = await system.operate('doesNotLoad', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/doesNotLoad');
  },
};
