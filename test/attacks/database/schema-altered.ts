/**
 * Tries: to alter tables and views with the logins of processes that run all the time.
 * Must: only the short-lived login of migrations may.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'workshop', [
      'alter table theseus.routing add column forged int',
      'drop table theseus.keys',
      'create table theseus.forged ()',
      'create view v.forged as select 1',
      'alter table theseus.journal disable trigger all',
      'create table e.forged ()',
    ]);
    await mustBeDenied(system, 'data', [
      'alter table theseus.routing add column forged int',
      'drop table theseus.keys',
      'create table theseus.forged ()',
      'create view v.forged as select 1',
      'alter table theseus.journal disable trigger all',
      'create table e.forged ()',
    ]);
    await mustBeDenied(system, 'kernel', [
      'alter table theseus.routing add column forged int',
      'drop table theseus.keys',
      'create table theseus.forged ()',
      'create view v.forged as select 1',
      'alter table theseus.journal disable trigger all',
      'create table e.forged ()',
    ]);
  },
};
