/**
 * Tries: code that defines no component.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { exportsNothing: { code: 'const component = { run() { return {}; } };' } },
  run: async (system) => {
    const answer = await system.operate('exportsNothing', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/exportsNothing');
  },
};
