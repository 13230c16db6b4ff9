/**
 * Bytes that callers have sent, each under an id that says nothing of them, with the call that brought them: written in its transaction,
 * never altered, kept as long as the history that may lead back to a row which names them. No component and no workshop reads them.
 */
export const files: readonly string[] = [
  `create table theseus.files (id uuid primary key, name text not null, type text not null, size integer not null, content bytea not null,
     at timestamptz not null, call text not null, caller text not null, component text not null, generation text not null)`,
  'alter table theseus.files alter column content set storage external',
  'grant select, insert on theseus.files to theseus_data',
];
