/**
 * Tries: to throw an error that looks as if the machine had failed, with paths and stacks.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    throwsPlaces: { body: "const error = new Error('x'); error.stack = 'Error: x\\n    at /usr/lib/node_modules/x.js:1:1'; throw error;" },
  },
  run: async (system) => {
    const answer = await system.operate('throwsPlaces', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/throwsPlaces');
  },
};
