/**
 * Tries: to read or make keys and sessions with the login of write transactions.
 * Must: none can be read or made.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'data', [
      'select * from theseus.keys',
      'select * from theseus.sessions',
      'select * from theseus.callers',
      "insert into theseus.sessions (hash, caller, expires_at) values ('x', 'x', now())",
      'select * from theseus.changes',
      'select * from theseus.certificates',
    ]);
  },
};
