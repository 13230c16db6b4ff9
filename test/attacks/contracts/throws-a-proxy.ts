/**
 * Tries: to throw a proxy, each trap of which throws.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    throwsProxy: {
      body: 'const bad = () => { throw null; }; throw new Proxy({}, { get: bad, has: bad, ownKeys: bad, getPrototypeOf: bad, getOwnPropertyDescriptor: bad });',
    },
  },
  run: async (system) => {
    const answer = await system.operate('throwsProxy', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/throwsProxy');
  },
};
