/**
 * The journal as an undo reads it: what the component versions that a change brought have written, row by row, and what happened to a row
 * since. `meant` says which writes these are; nothing here judges what is to be done.
 */
import type { Pool } from 'pg';
import type { JsonObject } from '#kernel';

/** What one component wrote in one generation: all of it, or the moves of the clock from some states to another. */
export interface Meant {
  readonly generation: string;
  /** `kind/name`. */
  readonly component: string;
  readonly move?: { readonly field: string; readonly from: readonly string[]; readonly to: string };
}
/** Of one entity: rows that the meant writes made, changed and deleted, and those of them that somebody else has written since. */
export interface WrittenRows {
  readonly entity: string;
  readonly made: number;
  readonly changed: number;
  readonly deleted: number;
  readonly since: number;
}

/** Who a write is by, as an undo sees it: what is to be undone, an undo, or somebody else. */
export type WrittenBy = 'meant' | 'undo' | 'other';
export interface JournalStep {
  readonly id: number;
  readonly action: 'create' | 'update' | 'delete';
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly by: WrittenBy;
  readonly call: string;
  readonly caller: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** What undoes is named so in the journal, with the change that is undone. */
export const undoComponent = 'undo/rows';
const utc = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/** With the meant writes as JSON in this parameter. */
export const meantTable = (parameter: string): string =>
  `(select t.generation, t.component, (t.move ->> 'field') as field, (select array_agg(f) from jsonb_array_elements_text(t.move -> 'from') f) as froms, t.move ->> 'to' as "to"
    from jsonb_to_recordset(${parameter}::jsonb) as t(generation text, component text, move jsonb))`;
export const isMeant = `j.generation = m.generation and case when m.field is null then j.component = m.component or m.component = any(j.ran)
  else j.component = m.component and j.caller = 'system' and j.before ->> m.field = any(m.froms) and j.after ->> m.field = m."to" end`;
const ofRows = `j.action <> 'approve' and j.component <> '${undoComponent}'`;

export async function writtenRows(pool: Pool, meant: readonly Meant[]): Promise<readonly WrittenRows[]> {
  if (meant.length === 0) return [];
  const found = await pool.query<WrittenRows>(
    `select r.entity, count(*) filter (where r.made and not r.deleted)::int as made, count(*) filter (where not r.made and not r.deleted)::int as changed,
       count(*) filter (where r.deleted and not r.made)::int as deleted,
       count(*) filter (where exists (select 1 from theseus.journal o where o.row = r.row and o.id > r.last and o.action <> 'approve' and o.component <> '${undoComponent}'))::int as since
     from (select j.entity, j.row, bool_or(j.action = 'create') as made, bool_or(j.action = 'delete') as deleted, max(j.id) as last
       from ${meantTable('$1')} m join theseus.journal j on ${isMeant} where ${ofRows} group by j.entity, j.row) r
     group by r.entity order by r.entity`,
    [JSON.stringify(meant)],
  );
  return found.rows;
}

/** Rows that others wrote in these generations, and the meant writes did not: they stay as they are. */
export async function otherRows(pool: Pool, meant: readonly Meant[]): Promise<number> {
  const found = await pool.query<{ rows: number }>(
    `select count(*)::int as rows from (
       select j.row from theseus.journal j left join ${meantTable('$1')} m on ${isMeant}
       where j.generation = any($2::text[]) and ${ofRows} group by j.row having bool_and(m.generation is null)) others`,
    [JSON.stringify(meant), [...new Set(meant.map(({ generation }) => generation))]],
  );
  return found.rows[0]?.rows ?? 0;
}

/** Requests to hosts outside that the meant components made, how far they have come: they are not undone. */
export interface LeftSystem {
  readonly id: string;
  readonly call: string;
  readonly component: string;
  readonly method: string;
  readonly host: string;
  readonly state: 'waiting' | 'sent' | 'dead' | 'stopped';
  readonly at: string;
}
const sentBy = `theseus.outbox o join ${meantTable('$1')} m on m.field is null and o.generation = m.generation and o.data ->> 'component' = m.component
  left join theseus.sendings s on s.id = o.id where o.type like '%.outside.request' and o.type = substr(o.source, 2) || '.outside.request'`;

export async function leftSystem(
  pool: Pool,
  meant: readonly Meant[],
  limit: number,
): Promise<{ readonly sent: number; readonly waiting: number; readonly first: readonly LeftSystem[] }> {
  if (meant.length === 0) return { sent: 0, waiting: 0, first: [] };
  const counts = await pool.query<{ sent: number; waiting: number }>(
    `select (count(*) filter (where s.state = 'sent' or s.tries > 0))::int as sent, (count(*) filter (where s.state is null or s.state = 'waiting'))::int as waiting from ${sentBy}`,
    [JSON.stringify(meant)],
  );
  const first = await pool.query<LeftSystem>(
    `select o.id, o.call, m.component, o.data ->> 'method' as method, o.data ->> 'host' as host, coalesce(s.state, 'waiting') as state, ${utc('o.time')} as at from ${sentBy} order by o.seq limit $2`,
    [JSON.stringify(meant), limit],
  );
  return { sent: counts.rows[0]?.sent ?? 0, waiting: counts.rows[0]?.waiting ?? 0, first: first.rows };
}
/** Those that have not left are given up. Answers how many. */
export async function keepFromLeaving(pool: Pool, meant: readonly Meant[], why: string): Promise<number> {
  if (meant.length === 0) return 0;
  const { rowCount } = await pool.query(
    `insert into theseus.sendings as s (id, state, tries, next_at, why) select o.id, 'stopped', 0, now(), $2 from ${sentBy} and (s.state is null or s.state = 'waiting')
     on conflict (id) do update set state = 'stopped', at = now(), why = excluded.why where s.state = 'waiting'`,
    [JSON.stringify(meant), why],
  );
  return rowCount ?? 0;
}

/** Of each of these rows its newest steps down to the step `down`, newest first, at most `most`. */
export async function stepsOf(
  pool: Pool,
  meant: readonly Meant[],
  rows: readonly { readonly row: string; readonly down: number; readonly below?: number }[],
  most: number,
): Promise<ReadonlyMap<string, readonly JournalStep[]>> {
  const found = await pool.query<JournalStep & { row: string }>(
    `select j.row, j.id::float8 as id, j.action, j.before, j.after, j.call, j.caller, ${utc('j.at')} as at,
       case when j.component = '${undoComponent}' then 'undo' when exists (select 1 from ${meantTable('$1')} m where ${isMeant}) then 'meant' else 'other' end as by
     from jsonb_to_recordset($2::jsonb) as r(row uuid, down bigint, below bigint)
     cross join lateral (select * from theseus.journal a where a.row = r.row and a.id >= r.down and (r.below is null or a.id < r.below) and a.action <> 'approve' order by a.id desc limit $3) j
     order by j.row, j.id desc`,
    [JSON.stringify(meant), JSON.stringify(rows), most],
  );
  const steps = new Map<string, JournalStep[]>();
  for (const { row, ...step } of found.rows) steps.set(row, [...(steps.get(row) ?? []), step]);
  return steps;
}

/** What a row held before its step `step`, as far as an older step tells it. */
export async function heldBefore(pool: Pool, row: string, step: number): Promise<JsonObject | null> {
  const found = await pool.query<{ after: JsonObject | null }>(
    `select after from theseus.journal where row = $1::uuid and id < $2 and action in ('create', 'update') order by id desc limit 1`,
    [row, step],
  );
  return found.rows[0]?.after ?? null;
}
