/**
 * Tries: to stop everybody by a lock on what everybody needs.
 * Must: no login may take it on what is not its own.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'workshop', [
      'lock table theseus.routing in access exclusive mode',
      'lock table theseus.events in exclusive mode',
      'lock table theseus.fence_1 in access share mode',
    ]);
    await mustBeDenied(system, 'data', ['lock table theseus.routing in share mode', 'lock table theseus.journal in access exclusive mode']);
  },
};
