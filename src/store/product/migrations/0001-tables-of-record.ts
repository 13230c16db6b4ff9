/** The tables of record of schema `theseus`, and who may do what with each. */
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

export const tablesOfRecord: readonly string[] = [
  'create schema if not exists e',
  'create schema if not exists v',
  'create schema if not exists now',
  'create schema if not exists dbos_workshop authorization theseus_owner',
  'grant usage on schema theseus to theseus_kernel, theseus_data, theseus_workshop',
  'grant usage on schema e to theseus_view',
  'grant usage, create on schema v to theseus_view',
  'grant usage on schema v to theseus_kernel, theseus_data, theseus_workshop',
  'grant usage, create on schema dbos_workshop to theseus_workshop',

  'create table theseus.sources (digest text primary key, text text not null)',
  `create table theseus.components (source text not null references theseus.sources, path text not null, contract jsonb not null, contract_digest text not null,
     code text, outline jsonb not null, head jsonb not null, primary key (source, path))`,
  `create table theseus.generations (id text primary key, content jsonb not null, parent text, change text, created_at timestamptz not null default now())`,
  `create table theseus.candidates (id text primary key, change text not null, base text not null, generator text not null, files jsonb not null, scope jsonb not null,
     notes jsonb not null, generation text, at timestamptz not null default now())`,
  'create index candidates_change on theseus.candidates (change)',
  `create table theseus.certificates (digest text primary key, generation text not null, change text not null, envelope jsonb not null, at timestamptz not null default now())`,
  'create index certificates_change on theseus.certificates (change)',
  `create table theseus.events (seq bigint primary key, at timestamptz not null default now(), event jsonb not null, previous text not null, digest text not null unique, signature text not null)`,
  `create table theseus.routing (one boolean primary key default true check (one), stable text, candidate text, weight double precision not null default 0, activation integer not null default 0)`,
  'insert into theseus.routing default values',
  `create table theseus.live (activation integer primary key, generation text not null, state text not null check (state in ('serving', 'draining', 'closed')))`,
  ...range(16).map((number) => `create table theseus.fence_${number} ()`),
  ...range(64).map((number) => `create table theseus.queue_${number} ()`),

  `create table theseus.changes (id text primary key, text text not null, asked_by text not null, roles jsonb not null, asked_at timestamptz not null, base text)`,
  'create index changes_asked on theseus.changes (asked_at desc)',
  `create table theseus.change_events (change text not null, seq integer not null, at timestamptz not null, event jsonb not null, primary key (change, seq))`,
  `create table theseus.ledger (id bigint generated always as identity primary key, change text not null, phase text not null, at timestamptz not null default now(),
     cpu_ms double precision not null, wall_ms double precision not null, tokens jsonb, money jsonb)`,
  'create index ledger_change on theseus.ledger (change)',

  `create table theseus.callers (id text primary key, name text not null, roles jsonb not null, created_at timestamptz not null default now(), disabled boolean not null default false)`,
  `create table theseus.links (hash text primary key, caller text not null references theseus.callers, expires_at timestamptz not null, used_at timestamptz)`,
  `create table theseus.sessions (hash text primary key, caller text not null references theseus.callers, created_at timestamptz not null default now(), expires_at timestamptz not null, ended_at timestamptz)`,
  `create table theseus.keys (hash text primary key, id text not null unique, name text not null, caller text not null references theseus.callers, created_at timestamptz not null default now(), ended_at timestamptz)`,
  `create table theseus.audit (id bigint generated always as identity primary key, at timestamptz not null default now(), caller text not null, action text not null, subject text, detail jsonb)`,

  `create table theseus.journal (id bigint generated always as identity primary key, at timestamptz not null, call text not null, caller text not null, generation text not null,
     component text not null, change text, entity text not null, row uuid not null, action text not null, before jsonb, after jsonb)`,
  'create index journal_row on theseus.journal (row)',
  'create index journal_change on theseus.journal (change) where change is not null',
  `create table theseus.outbox (id text primary key, seq bigint generated always as identity, specversion text not null default '1.0', type text not null, source text not null, subject text,
     time timestamptz not null, datacontenttype text not null default 'application/json', data jsonb not null, call text not null, generation text not null)`,
  `create table theseus.idempotency (caller text not null, operation text not null, key text not null, body text not null, status integer, answer jsonb, at timestamptz not null default now(),
     primary key (caller, operation, key))`,
  `create table theseus.approvals_of_rows (rule text not null, row uuid not null, by text not null, at timestamptz not null, amount numeric, primary key (rule, row))`,
  `create table theseus.public_keys (name text primary key, key text not null)`,

  // kernel: the tables of record
  `grant select, insert, update, delete on theseus.sources, theseus.components, theseus.generations, theseus.events, theseus.routing, theseus.live, theseus.changes, theseus.change_events,
     theseus.callers, theseus.links, theseus.sessions, theseus.keys, theseus.audit, theseus.public_keys to theseus_kernel`,
  'grant select on theseus.candidates, theseus.certificates, theseus.ledger, theseus.journal, theseus.outbox, theseus.product to theseus_kernel',
  ...range(16).map((number) => `grant select, update on theseus.fence_${number} to theseus_kernel`),
  // data: the login of write transactions
  'grant insert on theseus.outbox, theseus.journal to theseus_data',
  'grant select, insert on theseus.idempotency to theseus_data',
  'grant select, insert, update on theseus.approvals_of_rows to theseus_data',
  'grant select on theseus.live to theseus_data',
  // ACCESS SHARE alone is to be had with SELECT, EXCLUSIVE with UPDATE
  ...range(16).map((number) => `grant select on theseus.fence_${number} to theseus_data`),
  ...range(64).map((number) => `grant update on theseus.queue_${number} to theseus_data`),
  // workshop: candidates, certificates, what it did; it activates nothing
  'grant select on theseus.sources, theseus.components, theseus.generations, theseus.events, theseus.routing, theseus.changes, theseus.public_keys, theseus.live to theseus_workshop',
  'grant select, insert on theseus.candidates, theseus.certificates, theseus.change_events, theseus.ledger to theseus_workshop',
];
