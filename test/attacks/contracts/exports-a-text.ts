/**
 * Tries: code whose component is a text.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { exportsText: { code: "globalThis.component = 'run';" } },
  run: async (system) => {
    const answer = await system.operate('exportsText', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/exportsText');
  },
};
