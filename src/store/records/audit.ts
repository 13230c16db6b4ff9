/** The audit of every control action, and the journal of rows: who did what, when, for which change. Read and appended, never altered. */
import type { Pool } from 'pg';
import type { Json, JsonObject } from '#kernel';

export async function saveAudit(
  pool: Pool,
  entry: { readonly caller: string; readonly action: string; readonly subject?: string; readonly detail?: Json },
): Promise<void> {
  await pool.query('insert into theseus.audit (caller, action, subject, detail) values ($1, $2, $3, $4)', [
    entry.caller,
    entry.action,
    entry.subject ?? null,
    entry.detail === undefined ? null : JSON.stringify(entry.detail),
  ]);
}
export interface AuditEntry {
  readonly id: number;
  readonly at: string;
  readonly caller: string;
  readonly action: string;
  readonly subject: string | null;
  readonly detail: Json;
}
export async function listAudit(pool: Pool, limit: number): Promise<readonly AuditEntry[]> {
  const found = await pool.query<AuditEntry>(
    `select id::int as id, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, caller, action, subject, detail from theseus.audit order by id desc limit $1`,
    [limit],
  );
  return found.rows;
}

export interface JournalEntry {
  readonly at: string;
  readonly call: string;
  readonly caller: string;
  readonly generation: string;
  readonly component: string;
  readonly change: string | null;
  readonly entity: string;
  readonly action: string;
  readonly before: Json;
  readonly after: Json;
}
/** The lineage of one row, newest first. */
export async function journalOfRow(pool: Pool, row: string, limit: number): Promise<readonly JournalEntry[]> {
  const found = await pool.query<JournalEntry>(
    `select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, call, caller, generation, component, change, entity, action, before, after from theseus.journal where row = $1 order by id desc limit $2`,
    [row, limit],
  );
  return found.rows;
}

/** What a row held before a change and after it, by permanent ids. */
export interface Images {
  readonly before: JsonObject;
  readonly after: JsonObject;
}
/** The change that made the row this version. */
export async function imagesOfChange(pool: Pool, row: string, version: number): Promise<Images | null> {
  const found = await pool.query<Images>(
    `select before, after from theseus.journal
     where row = $1::uuid and action = 'update' and (after ->> 'version')::bigint = $2::bigint and before is not null order by id desc limit 1`,
    [row, version],
  );
  return found.rows[0] ?? null;
}

export async function savePublicKey(pool: Pool, name: string, key: string): Promise<void> {
  await pool.query('insert into theseus.public_keys (name, key) values ($1, $2) on conflict (name) do nothing', [name, key]);
}
export async function loadPublicKeys(pool: Pool): Promise<ReadonlyMap<string, string>> {
  const found = await pool.query<{ name: string; key: string }>('select name, key from theseus.public_keys');
  return new Map(found.rows.map((row) => [row.name, row.key]));
}
