/**
 * Tries: to answer the id of a row that is not there, or is of another entity, as if its caller had asked for it.
 * Must: its caller gets a problem that names the component, not one that says that the caller was wrong.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { answersLost: { output: "{ row: 'product' }", body: 'return { id: input.text };' } },
  run: async (system) => {
    mustBlame(await system.operate('answersLost', { text: system.note }), 'operation/answersLost');
    mustBlame(await system.operate('answersLost', { text: '01a20861-7386-723a-b6f5-82435c64b8f7' }), 'operation/answersLost');
  },
};
