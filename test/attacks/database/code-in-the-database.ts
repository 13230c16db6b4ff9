/**
 * Tries: to put code into the database that others then run: functions, extensions, triggers, languages.
 * Must: no login of a process may, where others would run it.
 */
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    await mustBeDenied(system, 'workshop', [
      "create function theseus.forged() returns int language sql security definer as 'select 1'",
      "create function public.forged() returns int language sql security definer as 'select 1'",
      'create extension dblink',
      'create trigger forged after insert on theseus.outbox for each row execute function suppress_redundant_updates_trigger()',
      'create schema forged',
      'create event trigger forged on ddl_command_end execute function pg_catalog.event_trigger()',
    ]);
    await mustBeDenied(system, 'data', [
      "create function theseus.forged() returns int language sql security definer as 'select 1'",
      "create function public.forged() returns int language sql security definer as 'select 1'",
      'create extension dblink',
      'create trigger forged after insert on theseus.outbox for each row execute function suppress_redundant_updates_trigger()',
      'create schema forged',
      'create event trigger forged on ddl_command_end execute function pg_catalog.event_trigger()',
    ]);
    await mustBeDenied(system, 'kernel', [
      "create function theseus.forged() returns int language sql security definer as 'select 1'",
      "create function public.forged() returns int language sql security definer as 'select 1'",
      'create extension dblink',
      'create trigger forged after insert on theseus.outbox for each row execute function suppress_redundant_updates_trigger()',
      'create schema forged',
      'create event trigger forged on ddl_command_end execute function pg_catalog.event_trigger()',
    ]);
  },
};
