/** Requests to hosts outside: they stand in the outbox, and here how far each has come. */
export const sendings: readonly string[] = [
  `create table theseus.sendings (id text primary key references theseus.outbox, state text not null check (state in ('waiting', 'sent', 'dead')), tries integer not null,
     next_at timestamptz not null, at timestamptz not null default now(), status integer, why text)`,
  "create index sendings_due on theseus.sendings (next_at) where state = 'waiting'",
  "create index outbox_outside on theseus.outbox (seq) where type like '%.outside.request'",
  'grant select, insert, update on theseus.sendings to theseus_kernel',
];
