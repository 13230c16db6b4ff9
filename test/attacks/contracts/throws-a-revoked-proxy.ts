/**
 * Tries: to throw a proxy that was revoked.
 * Must: its caller gets a problem that names the component, and nothing of a host.
 */
import { mustBlame, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: { throwsRevoked: { body: 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy;' } },
  run: async (system) => {
    const answer = await system.operate('throwsRevoked', { text: 'x', n: 1 });
    mustBlame(answer, 'operation/throwsRevoked');
  },
};
