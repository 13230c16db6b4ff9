/**
 * Tries: to erase what was recorded: journal, outbox, audit, events.
 * Must: records are added to, never altered.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'data', [
      'delete from theseus.journal',
      "update theseus.journal set after = '{}'",
      'truncate theseus.journal',
      'delete from theseus.outbox',
      "update theseus.idempotency set answer = '{}'",
      'drop table theseus.journal',
    ]);
    await mustBeDenied(system, 'kernel', [
      'delete from theseus.journal',
      'delete from theseus.audit',
      'delete from theseus.events',
      "update theseus.events set event = '{}'",
      'truncate theseus.events',
    ]);
  },
};
