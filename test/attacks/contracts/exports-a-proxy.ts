/**
 * Tries: code whose component is a proxy, each trap of which throws.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { exportsProxy: { code: 'globalThis.component = new Proxy({}, { get() { throw null; }, has() { throw null; } });' } },
  run: async (system) => {
    const answer = await system.operate('exportsProxy', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/exportsProxy');
  },
};
