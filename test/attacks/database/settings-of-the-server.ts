/**
 * Tries: to alter settings of the server, of a database or of another role.
 * Must: no login may.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'workshop', [
      "alter system set fsync = 'off'",
      'set session_replication_role = replica',
      "set log_statement = 'all'",
      'alter database theseus set search_path = forged',
      'alter role theseus_owner set statement_timeout = 1',
      'select pg_reload_conf()',
      'checkpoint',
    ]);
    await mustBeDenied(system, 'data', [
      "alter system set fsync = 'off'",
      'set session_replication_role = replica',
      "set log_statement = 'all'",
      'alter database theseus set search_path = forged',
      'alter role theseus_owner set statement_timeout = 1',
      'select pg_reload_conf()',
      'checkpoint',
    ]);
    await mustBeDenied(system, 'kernel', [
      "alter system set fsync = 'off'",
      'set session_replication_role = replica',
      "set log_statement = 'all'",
      'alter database theseus set search_path = forged',
      'alter role theseus_owner set statement_timeout = 1',
      'select pg_reload_conf()',
      'checkpoint',
    ]);
  },
};
