/**
 * Tries: to read or make keys, sessions and links with the workshop's login.
 * Must: none can be read or made.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'workshop', [
      'select * from theseus.keys',
      'select * from theseus.sessions',
      'select * from theseus.links',
      'select * from theseus.callers',
      "insert into theseus.keys (hash, id, name, caller) values ('x', 'x', 'x', 'x')",
      'update theseus.callers set roles = \'["owner"]\'',
    ]);
  },
};
