/**
 * Tries: code whose run is a getter that throws.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { exportsGetter: { code: 'globalThis.component = { get run() { throw null; } };' } },
  run: async (system) => {
    const answer = await system.operate('exportsGetter', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/exportsGetter');
  },
};
