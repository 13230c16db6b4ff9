/**
 * Tries: to read and write files of the server, and to start programs by it.
 * Must: no login may.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'workshop', [
      "copy (select 1) to program 'touch /tmp/forged'",
      "copy theseus.routing from '/etc/passwd'",
      "select pg_read_file('/etc/passwd')",
      "select pg_ls_dir('/')",
      "select lo_import('/etc/passwd')",
      "select lo_export(1, '/tmp/forged')",
      "load '/tmp/forged.so'",
    ]);
    await mustBeDenied(system, 'data', [
      "copy (select 1) to program 'touch /tmp/forged'",
      "copy theseus.routing from '/etc/passwd'",
      "select pg_read_file('/etc/passwd')",
      "select pg_ls_dir('/')",
      "select lo_import('/etc/passwd')",
      "select lo_export(1, '/tmp/forged')",
      "load '/tmp/forged.so'",
    ]);
    await mustBeDenied(system, 'kernel', [
      "copy (select 1) to program 'touch /tmp/forged'",
      "copy theseus.routing from '/etc/passwd'",
      "select pg_read_file('/etc/passwd')",
      "select pg_ls_dir('/')",
      "select lo_import('/etc/passwd')",
      "select lo_export(1, '/tmp/forged')",
      "load '/tmp/forged.so'",
    ]);
    await mustBeDenied(system, 'owner', [
      "copy (select 1) to program 'touch /tmp/forged'",
      "copy theseus.routing from '/etc/passwd'",
      "select pg_read_file('/etc/passwd')",
      "select pg_ls_dir('/')",
      "select lo_import('/etc/passwd')",
      "select lo_export(1, '/tmp/forged')",
      "load '/tmp/forged.so'",
    ]);
  },
};
