/**
 * Tries: to replace the code of a component that serves, with the workshop's login.
 * Must: it cannot be written.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'workshop', [
      "update theseus.components set code = 'x'",
      'insert into theseus.components select * from theseus.components limit 1',
      "update theseus.sources set text = 'x'",
      "insert into theseus.sources values ('x', 'x')",
      'delete from theseus.components',
    ]);
  },
};
