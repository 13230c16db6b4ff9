/** A person may give up a request to a host outside that is dead; those that are dead are counted often. */
export const givenUpSendings: readonly string[] = [
  'alter table theseus.sendings drop constraint sendings_state_check',
  "alter table theseus.sendings add constraint sendings_state_check check (state in ('waiting', 'sent', 'dead', 'stopped'))",
  "create index sendings_dead on theseus.sendings (at, id) where state = 'dead'",
];
