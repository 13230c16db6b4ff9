/**
 * Tries: to become another role, or to give oneself its rights.
 * Must: no login is a member of another.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'workshop', [
      'set role theseus_owner',
      'set role postgres',
      'set session authorization postgres',
      'grant theseus_owner to theseus_workshop',
      'alter role theseus_workshop superuser',
      'create role forged superuser',
      'grant all on all tables in schema theseus to theseus_workshop',
    ]);
    await mustBeDenied(system, 'data', [
      'set role theseus_owner',
      'set role postgres',
      'set session authorization postgres',
      'grant theseus_owner to theseus_data',
      'alter role theseus_data superuser',
      'create role forged superuser',
      'grant all on all tables in schema theseus to theseus_data',
    ]);
    await mustBeDenied(system, 'kernel', [
      'set role theseus_owner',
      'set role postgres',
      'set session authorization postgres',
      'grant theseus_owner to theseus_kernel',
      'alter role theseus_kernel superuser',
      'create role forged superuser',
      'grant all on all tables in schema theseus to theseus_kernel',
    ]);
  },
};
