/**
 * Tries: to have another key count as that of the workshop.
 * Must: no login but the owner of the tables may write it.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'workshop', [
      "update theseus.public_keys set key = 'x'",
      "insert into theseus.public_keys values ('workshop', 'x')",
      'delete from theseus.public_keys',
    ]);
    await mustBeDenied(system, 'data', ["update theseus.public_keys set key = 'x'"]);
    await mustBeDenied(system, 'kernel', ["update theseus.public_keys set key = 'x'", 'delete from theseus.public_keys']);
  },
};
