/**
 * Taking the rows of a change back. `ran`: which other components ran in a call than the one it is named after, so that what an operation
 * wrote from inside another is found. An undo is one such deed of a person, and `undone_rows` its list of rows: what of each is to be done,
 * what was done, and what could not be. Kept, since it is the record of what was altered in whose name.
 */
export const undoneRows: readonly string[] = [
  'alter table theseus.journal add column ran text[]',
  // What a generation wrote. Equal keys stand together, so that it stays small.
  'create index journal_generation on theseus.journal (generation)',
  `create table theseus.undos (id uuid primary key, changes text[] not null, meant jsonb not null, caller text not null, name text not null, at timestamptz not null,
     state text not null check (state in ('running', 'done')), round integer not null default 0, moved boolean not null default false,
     leased_until timestamptz, outside_stopped integer not null default 0, ended_at timestamptz)`,
  "create index undos_running on theseus.undos (at) where state = 'running'",
  'create index undos_changes on theseus.undos using gin (changes)',
  `create table theseus.undone_rows (undo uuid not null references theseus.undos, row uuid not null, entity text not null, no bigint not null, first bigint not null, last bigint not null,
     state text not null check (state in ('waiting', 'again', 'done', 'as-before', 'conflict')), deed text check (deed in ('deleted', 'made-again', 'put-back')),
     code text, why text, places text[], fields jsonb, primary key (undo, row))`,
  'create index undone_rows_in_order on theseus.undone_rows (undo, state, no)',
  'grant select, insert, update on theseus.undos, theseus.undone_rows to theseus_kernel',
];
