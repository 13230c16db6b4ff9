/**
 * Tries: to answer a proxy, each trap of which throws.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    answersProxy: {
      body: 'const bad = () => { throw null; }; return new Proxy({}, { get: (_, name) => (name === "then" ? undefined : bad()), ownKeys: bad });',
    },
  },
  run: async (system) => {
    const answer = await system.operate('answersProxy', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/answersProxy');
  },
};
