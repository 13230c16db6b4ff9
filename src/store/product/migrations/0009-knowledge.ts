/** What retrieval looks up: passages of the organisation's documents by their words, and earlier requests by theirs. */
export const knowledge: readonly string[] = [
  `create table theseus.documents (path text primary key, stamp text not null, passages integer not null, skipped text, read_at timestamptz not null default now())`,
  `create table theseus.passages (path text not null references theseus.documents on delete cascade, no integer not null, text text not null, words tsvector not null, primary key (path, no))`,
  'create index passages_words on theseus.passages using gin (words)',
  `create index changes_words on theseus.changes using gin (to_tsvector('english', text))`,
  // Not every server has it, nor lets everybody have it: without it, misspelt words find less.
  `do $$ begin
     create extension if not exists pg_trgm with schema theseus;
     create index passages_spelling on theseus.passages using gin (text theseus.gin_trgm_ops);
   exception when others then raise notice 'without pg_trgm: %', sqlerrm;
   end $$`,
  'grant select, insert, update, delete on theseus.documents, theseus.passages to theseus_workshop',
  'grant select on theseus.documents to theseus_kernel',
];
