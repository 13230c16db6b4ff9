/**
 * Tries: to refuse in the name of another component.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { blamesAnother: { body: "refuse('component-failed', 'operation/reserved failed', { component: 'operation/reserved' });" } },
  run: async (system) => {
    const answer = await system.operate('blamesAnother', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/blamesAnother');
  },
};
