/** Meanings of texts as a provider gave them, so that no text is sent twice: by the digest of the text, never the text. `space`: which model at which address. */
export const vectors: readonly string[] = [
  'create table theseus.vectors (space text not null, digest text not null, vector bytea not null, kept_at timestamptz not null default now(), primary key (space, digest))',
  'create index vectors_kept_at on theseus.vectors (kept_at)',
  'grant select, insert, delete on theseus.vectors to theseus_workshop',
];
