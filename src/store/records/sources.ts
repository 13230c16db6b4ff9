/** Sources by digest, and what the machine's own reading found in them. Both are immutable: a digest is written once. */
import type { Pool, PoolClient } from 'pg';
import type { Contract, Digest, Generation, GenerationContent } from '#kernel';
import type { Head, Outline } from '#model';

export interface StoredComponent {
  readonly source: Digest;
  readonly path: string;
  readonly contract: Contract;
  readonly contractDigest: Digest;
  readonly code: string | null;
  readonly outline: Outline;
  readonly head: Head;
}

export async function saveSources(pool: Pool, sources: readonly { readonly digest: Digest; readonly text: string }[]): Promise<void> {
  if (sources.length === 0) return;
  await pool.query('insert into theseus.sources (digest, text) select * from unnest($1::text[], $2::text[]) on conflict do nothing', [
    sources.map((source) => source.digest),
    sources.map((source) => source.text),
  ]);
}

export async function loadSources(pool: Pool | PoolClient, digests: readonly Digest[]): Promise<ReadonlyMap<Digest, string>> {
  const found = await pool.query<{ digest: Digest; text: string }>(
    'select digest, text from theseus.sources where digest = any($1::text[])',
    [digests],
  );
  return new Map(found.rows.map((row) => [row.digest, row.text]));
}

export async function saveComponents(pool: Pool, components: readonly StoredComponent[]): Promise<void> {
  if (components.length === 0) return;
  await pool.query(
    `insert into theseus.components (source, path, contract, contract_digest, code, outline, head)
     select source, path, contract, "contractDigest", code, outline, head
     from jsonb_to_recordset($1::jsonb) as given(source text, path text, contract jsonb, "contractDigest" text, code text, outline jsonb, head jsonb) on conflict do nothing`,
    [JSON.stringify(components)],
  );
}

export async function loadComponents(pool: Pool | PoolClient, content: GenerationContent): Promise<readonly StoredComponent[]> {
  const found = await pool.query<StoredComponent>(
    `select source, path, contract, contract_digest as "contractDigest", code, outline, head from theseus.components
     where (source, path) in (select * from unnest($1::text[], $2::text[]))`,
    [content.components.map((component) => component.source), content.components.map((component) => component.path)],
  );
  return found.rows;
}

export async function saveGeneration(pool: Pool, generation: Generation, parent: Digest | null, change: string | null): Promise<void> {
  const { id, ...content } = generation;
  await pool.query('insert into theseus.generations (id, content, parent, change) values ($1, $2, $3, $4) on conflict do nothing', [
    id,
    JSON.stringify(content),
    parent,
    change,
  ]);
}

export async function loadGeneration(pool: Pool | PoolClient, id: Digest): Promise<Generation | null> {
  const found = await pool.query<{ content: GenerationContent }>('select content from theseus.generations where id = $1', [id]);
  const content = found.rows[0]?.content;
  return content === undefined ? null : { ...content, id };
}

export interface GenerationSummary {
  readonly id: Digest;
  readonly parent: Digest | null;
  readonly change: string | null;
  readonly createdAt: string;
}
/** Those that came to serve; what was made ready and never admitted is not among them. */
export async function listGenerations(pool: Pool, limit: number): Promise<readonly GenerationSummary[]> {
  const found = await pool.query<GenerationSummary>(
    `select id, parent, change, to_char(created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt" from theseus.generations
     where id in (select generation from theseus.live) order by created_at desc limit $1`,
    [limit],
  );
  return found.rows;
}

/**
 * Generations that write, or that may come to write without their data being made ready anew: those routed or draining, those that
 * `served` lately, and those that were made ready within so many days and never served.
 */
export async function writingGenerations(pool: Pool | PoolClient, served: readonly Digest[], days: number): Promise<readonly Digest[]> {
  const found = await pool.query<{ id: Digest }>(
    `select id from theseus.generations where id = any($1::text[]) or id in (select generation from theseus.live where state <> 'closed')
       or (created_at > now() - make_interval(days => $2) and id not in (select generation from theseus.live))`,
    [served, days],
  );
  return found.rows.map(({ id }) => id);
}

/** Generations that somebody may yet come to: those in force that came within so many days, and those that were made ready and never served. */
export async function reachableGenerations(pool: Pool, inForce: readonly Digest[], days: number): Promise<readonly Digest[]> {
  const found = await pool.query<{ id: Digest }>(
    `select id from theseus.generations where created_at > now() - make_interval(days => $2)
       and (id = any($1::text[]) or id not in (select generation from theseus.live))`,
    [inForce, days],
  );
  return found.rows.map(({ id }) => id);
}
