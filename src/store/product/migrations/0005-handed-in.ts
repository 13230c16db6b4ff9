/** Requests that bring code, examples or a conversation with them, and what calls of models used. */
export const handedIn: readonly string[] = [
  `alter table theseus.changes add column kind text not null default 'change' check (kind in ('change', 'check')), add column proposal jsonb, add column continues text,
     add column acceptance jsonb`,
  `create table theseus.spending (id text primary key, change text not null, phase text not null, name text not null, provider text not null, model text not null, at timestamptz not null default now(),
     most_tokens jsonb not null, most_usd double precision, settled_at timestamptz, tokens jsonb, usd double precision, prices text, energy jsonb, wall_ms double precision)`,
  'create index spending_change on theseus.spending (change)',
  'create index spending_at on theseus.spending (at)',
  'grant select on theseus.spending to theseus_kernel',
  'grant select, insert, update on theseus.spending to theseus_workshop',
];
