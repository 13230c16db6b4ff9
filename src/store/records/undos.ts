/**
 * Undos: the rows of changes that a person takes back, each with what is to be done, what was done, and what could not be. All that an undo
 * knows stands here, so that whoever takes it up after a crash goes on where it stopped.
 */
import type { Pool } from 'pg';
import { Fault } from '#kernel';
import { isMeant, type Meant, meantTable, undoComponent } from './undone-journal.ts';

export interface Undo {
  readonly id: string;
  readonly changes: readonly string[];
  readonly meant: readonly Meant[];
  readonly caller: string;
  readonly name: string;
  readonly at: string;
  readonly state: 'running' | 'done';
  /** Passes over rows that could not be put back at first. */
  readonly round: number;
  /** Requests to hosts outside that were kept from leaving. */
  readonly outsideStopped: number;
  readonly endedAt: string | null;
}
export interface UndoCounts {
  readonly rows: number;
  readonly waiting: number;
  readonly deleted: number;
  readonly madeAgain: number;
  readonly putBack: number;
  readonly asBefore: number;
  readonly conflicts: number;
}
export type UndoneDeed = 'deleted' | 'made-again' | 'put-back';
/** A row that is to be undone. `first` and `last`: its first and its last meant step in the journal. */
export interface RowToUndo {
  readonly row: string;
  readonly entity: string;
  readonly first: number;
  readonly last: number;
}
/** A field, by permanent id, that was not put back: what it held before, and what it holds now. */
export interface ConflictField {
  readonly field: string;
  readonly before: unknown;
  readonly now: unknown;
}
export interface UndoneRow {
  readonly row: string;
  readonly state: 'again' | 'done' | 'as-before' | 'conflict';
  readonly deed: UndoneDeed | null;
  readonly code: string | null;
  readonly why: string | null;
  /** Fields, by permanent id, that the reason speaks of. */
  readonly places: readonly string[];
  readonly fields: readonly ConflictField[];
}
export interface UndoConflict extends Omit<UndoneRow, 'state'> {
  readonly entity: string;
  readonly no: number;
}

const utc = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const columns = `id, changes, meant, caller, name, ${utc('at')} as at, state, round, outside_stopped as "outsideStopped", ${utc('ended_at')} as "endedAt"`;

/** A new one, or the one that runs for the same changes already. */
export async function beginUndo(
  pool: Pool,
  undo: Pick<Undo, 'id' | 'changes' | 'meant' | 'caller' | 'name'>,
): Promise<{ readonly undo: Undo; readonly fresh: boolean }> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query("select pg_advisory_xact_lock(hashtext('theseus.undos'))");
    const running = await client.query<Undo>(`select ${columns} from theseus.undos where state = 'running' and changes = $1::text[]`, [
      undo.changes,
    ]);
    const before = running.rows[0];
    const made =
      before ??
      (
        await client.query<Undo>(
          `insert into theseus.undos (id, changes, meant, caller, name, at, state) values ($1, $2, $3, $4, $5, now(), 'running') returning ${columns}`,
          [undo.id, undo.changes, JSON.stringify(undo.meant), undo.caller, undo.name],
        )
      ).rows[0];
    await client.query('commit');
    if (made === undefined) throw new Fault('bug', 'An undo was begun and is not there.');
    return { undo: made, fresh: before === undefined };
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    throw cause;
  } finally {
    client.release();
  }
}
export async function loadUndo(pool: Pool, id: string): Promise<Undo | null> {
  return (await pool.query<Undo>(`select ${columns} from theseus.undos where id = $1`, [id])).rows[0] ?? null;
}
/** Newest first. */
export async function undosOf(pool: Pool, change: string, limit: number): Promise<readonly Undo[]> {
  return (
    await pool.query<Undo>(`select ${columns} from theseus.undos where changes @> array[$1] order by at desc limit $2`, [change, limit])
  ).rows;
}
/**
 * Works at one that runs and that no kernel works at; answers whether there was one. Who works at it holds a lock of the session for that
 * time: a kernel that dies holds nothing.
 */
export async function atUndo(pool: Pool, work: (undo: Undo) => Promise<void>): Promise<boolean> {
  const client = await pool.connect();
  // A lock that is lost with its session may be had by another: rows are put back once all the same.
  let lost: Error | undefined;
  const onLost = (cause: Error): void => {
    lost = cause;
  };
  client.on('error', onLost);
  try {
    const found = await client.query<Undo & { mine: boolean }>(
      `select *, pg_try_advisory_lock(hashtext('theseus.undo'), hashtext(u.id::text)) as mine
       from (select ${columns} from theseus.undos where state = 'running' and (leased_until is null or leased_until < now()) order by theseus.undos.at limit 1) u`,
    );
    const [held] = found.rows;
    if (held === undefined || !held.mine) return false;
    const { mine: _mine, ...undo } = held;
    try {
      await work(undo);
      return true;
    } finally {
      if (lost === undefined) await client.query("select pg_advisory_unlock(hashtext('theseus.undo'), hashtext($1))", [undo.id]);
    }
  } finally {
    client.off('error', onLost);
    client.release(lost);
  }
}
/** It is looked at again after so long. */
export const leaveUndo = async (pool: Pool, id: string, afterMs: number): Promise<void> =>
  void (await pool.query('update theseus.undos set leased_until = now() + make_interval(secs => $2::float8 / 1000) where id = $1', [
    id,
    afterMs,
  ]));
/** Answers whether it was this call that ended it. */
export const endUndo = async (pool: Pool, id: string): Promise<boolean> =>
  (
    await pool.query("update theseus.undos set state = 'done', ended_at = now(), leased_until = null where id = $1 and state = 'running'", [
      id,
    ])
  ).rowCount === 1;
export const noteStopped = async (pool: Pool, id: string, stopped: number): Promise<void> =>
  void (await pool.query('update theseus.undos set outside_stopped = outside_stopped + $2 where id = $1', [id, stopped]));

/**
 * Lists what the meant writes wrote; rows that were written by them since they were listed are to be looked at again. What was made last
 * comes first, so that what refers to a row goes before it.
 */
export async function listRows(pool: Pool, { id, meant }: Pick<Undo, 'id' | 'meant'>): Promise<number> {
  if (meant.length === 0) return 0;
  const { rowCount } = await pool.query(
    `insert into theseus.undone_rows as u (undo, row, entity, no, first, last, state)
     select $2::uuid, j.row, j.entity, coalesce(max(j.id) filter (where j.action = 'delete'), min(j.id) filter (where j.action = 'create'), max(j.id)), min(j.id), max(j.id), 'waiting'
     from ${meantTable('$1')} m join theseus.journal j on ${isMeant} where j.action <> 'approve' and j.component <> '${undoComponent}' group by j.entity, j.row
     on conflict (undo, row) do update set no = excluded.no, first = excluded.first, last = excluded.last, state = 'waiting' where u.last < excluded.last`,
    [JSON.stringify(meant), id],
  );
  return rowCount ?? 0;
}
export async function rowsToUndo(pool: Pool, id: string, most: number): Promise<readonly RowToUndo[]> {
  const found = await pool.query<RowToUndo>(
    `select row, entity, first::float8 as first, last::float8 as last from theseus.undone_rows where undo = $1 and state = 'waiting' order by no desc limit $2`,
    [id, most],
  );
  return found.rows;
}
export async function saveUndone(pool: Pool, id: string, rows: readonly UndoneRow[]): Promise<void> {
  if (rows.length === 0) return;
  await pool.query(
    `with done as (
       update theseus.undone_rows u set state = t.state, deed = coalesce(t.deed, u.deed), code = t.code, why = t.why, places = t.places, fields = t.fields
       from jsonb_to_recordset($2::jsonb) as t(row uuid, state text, deed text, code text, why text, places text[], fields jsonb)
       where u.undo = $1::uuid and u.row = t.row)
     update theseus.undos set moved = true where id = $1::uuid and $3`,
    [id, JSON.stringify(rows), rows.some(({ deed }) => deed !== null)],
  );
}
/** Another pass over what could not be put back, where anything was since the last one; else that stays. Answers whether there is one. */
export async function nextRound(pool: Pool, id: string, most: number): Promise<boolean> {
  const again = await pool.query(
    `with next as (update theseus.undos set moved = false, round = round + 1 where id = $1 and moved and round < $2 returning id)
     update theseus.undone_rows u set state = 'waiting' from next where u.undo = next.id and u.state = 'again'`,
    [id, most],
  );
  if ((again.rowCount ?? 0) > 0) return true;
  await pool.query("update theseus.undone_rows set state = 'conflict' where undo = $1 and state = 'again'", [id]);
  return false;
}

export async function countUndone(pool: Pool, id: string): Promise<UndoCounts> {
  const counted = (name: string, when: string): string => `(count(*) filter (where ${when}))::int as "${name}"`;
  const found = await pool.query<UndoCounts>(
    `select count(*)::int as rows, ${counted('waiting', "state in ('waiting', 'again')")}, ${counted('deleted', "deed = 'deleted'")}, ${counted('madeAgain', "deed = 'made-again'")},
       ${counted('putBack', "deed = 'put-back'")}, ${counted('asBefore', "state = 'as-before' and deed is null")}, ${counted('conflicts', "state = 'conflict'")}
     from theseus.undone_rows where undo = $1`,
    [id],
  );
  return found.rows[0] ?? { rows: 0, waiting: 0, deleted: 0, madeAgain: 0, putBack: 0, asBefore: 0, conflicts: 0 };
}
/** Those below number `before`, the greatest first. */
export async function undoConflicts(
  pool: Pool,
  id: string,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<readonly UndoConflict[]> {
  const found = await pool.query<Omit<UndoConflict, 'places' | 'fields'> & { places: string[] | null; fields: ConflictField[] | null }>(
    `select no::float8 as no, row, entity, deed, code, why, places, fields from theseus.undone_rows
     where undo = $1 and state = 'conflict' and ($2::bigint is null or no < $2) order by no desc limit $3`,
    [id, before, limit],
  );
  return found.rows.map((row) => ({ ...row, places: row.places ?? [], fields: row.fields ?? [] }));
}
