/**
 * Tries: code whose run is no function.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { exportsNoRun: { code: 'globalThis.component = { run: { call() { return { said: "x" }; }, apply() {} } };' } },
  run: async (system) => {
    const answer = await system.operate('exportsNoRun', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/exportsNoRun');
  },
};
