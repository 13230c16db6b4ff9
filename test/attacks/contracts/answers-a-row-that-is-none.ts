/**
 * Tries: to answer no row where a row was promised.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { answersNoRow: { body: 'return { id: 7 };', output: "{ row: 'product' }" } },
  run: async (system) => {
    const answer = await system.operate('answersNoRow', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/answersNoRow');
  },
};
