/**
 * Tries: to activate a generation with the workshop's login: routing, life, log, generations.
 * Must: none of it can be written.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'workshop', [
      'update theseus.routing set activation = activation + 1',
      "insert into theseus.live (activation, generation, state) values (99, 'x', 'serving')",
      "insert into theseus.events (seq, event, previous, digest, signature) values (9999, '{}', 'x', 'x', 'x')",
      "insert into theseus.generations (id, content) values ('x', '{}')",
      'delete from theseus.events',
    ]);
  },
};
