/**
 * Reads that were seen in service. Several kernels add to the same rows, each in one statement, in one order, so that none overwrites or
 * waits for another for long. Bounded: what is old goes, and beyond a number of rows what was seen least.
 */
import type { Pool } from 'pg';

/** Upper bounds of the steps of times, in milliseconds; one step more has what took longer. */
export const timeSteps: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

export interface ReadsSeenRow {
  readonly generation: string;
  /** JSON of the shape: its one way of being written. */
  readonly shape: string;
  readonly seen: number;
  readonly totalMs: number;
  /** As many as `timeSteps`, and one. */
  readonly steps: readonly number[];
}
/** `minute`: since 1970. */
export interface TimesKeptRow {
  readonly entity: string;
  readonly withinMs: number;
  readonly minute: number;
  readonly seen: number;
  readonly late: number;
}
const keptDays = 30;
const keptRows = 20_000;
export const keptMinutes: number = 24 * 60;

const ordered = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[] =>
  rows.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));

export async function addReadsSeen(pool: Pool, rows: readonly ReadsSeenRow[]): Promise<void> {
  if (rows.length === 0) return;
  await pool.query(
    `insert into theseus.reads_seen as kept (day, generation, shape, seen, total_ms, steps)
     select (now() at time zone 'utc')::date, generation, shape, seen, "totalMs", steps
     from jsonb_to_recordset($1::jsonb) as added (generation text, shape text, seen bigint, "totalMs" double precision, steps bigint[])
     on conflict (day, generation, shape) do update set seen = kept.seen + excluded.seen, total_ms = kept.total_ms + excluded.total_ms,
       steps = (select array_agg(one + other order by place) from unnest(kept.steps, excluded.steps) with ordinality as step (one, other, place))`,
    [JSON.stringify(ordered(rows, ({ generation, shape }) => `${generation} ${shape}`))],
  );
}

export async function addTimesKept(pool: Pool, rows: readonly TimesKeptRow[]): Promise<void> {
  if (rows.length === 0) return;
  await pool.query(
    `insert into theseus.times_kept as kept (entity, within_ms, minute, seen, late)
     select entity, "withinMs", minute, seen, late
     from jsonb_to_recordset($1::jsonb) as added (entity text, "withinMs" integer, minute bigint, seen bigint, late bigint)
     on conflict (entity, within_ms, minute) do update set seen = kept.seen + excluded.seen, late = kept.late + excluded.late`,
    [JSON.stringify(ordered(rows, ({ entity, withinMs, minute }) => `${entity} ${withinMs} ${minute}`))],
  );
}

/** The minutes of the last day, in their order. */
export async function loadTimesKept(pool: Pool, entities: readonly string[], since: number): Promise<readonly TimesKeptRow[]> {
  const found = await pool.query<{ [column: string]: string }>(
    'select entity, within_ms, minute, seen, late from theseus.times_kept where entity = any($1) and minute >= $2 order by entity, within_ms, minute',
    [entities, since],
  );
  return found.rows.map((row) => ({
    entity: String(row['entity']),
    withinMs: Number(row['within_ms']),
    minute: Number(row['minute']),
    seen: Number(row['seen']),
    late: Number(row['late']),
  }));
}

/** Over all generations, what was asked most first. */
export async function loadReadsSeen(
  pool: Pool,
  { days, most }: { readonly days: number; readonly most: number },
): Promise<readonly Omit<ReadsSeenRow, 'generation'>[]> {
  const found = await pool.query<{ shape: string; seen: string; total_ms: number; steps: readonly string[] }>(
    `select shape, sum(seen) as seen, sum(total_ms) as total_ms,
       array[${timeSteps.map((_, at) => `sum(steps[${at + 1}])`).join(', ')}, sum(steps[${timeSteps.length + 1}])] as steps
     from theseus.reads_seen where day > (now() at time zone 'utc')::date - $1::integer group by shape order by sum(seen) desc, shape limit $2`,
    [days, most],
  );
  return found.rows.map(({ shape, seen, total_ms: totalMs, steps }) => ({
    shape,
    seen: Number(seen),
    totalMs: Number(totalMs),
    steps: steps.map(Number),
  }));
}

/** What was seen least goes first, whatever its day: many shapes that were asked once leave what is asked every day. */
export async function forgetReadsSeen(pool: Pool, minute: number, most: number = keptRows): Promise<void> {
  await pool.query(`delete from theseus.reads_seen where day < (now() at time zone 'utc')::date - $1::integer`, [keptDays]);
  await pool.query(
    `delete from theseus.reads_seen where (day, generation, shape) in
       (select day, generation, shape from theseus.reads_seen order by seen desc, day desc, generation, shape offset $1)`,
    [most],
  );
  await pool.query('delete from theseus.times_kept where minute < $1', [minute - keptMinutes]);
}

/** The upper bound of the step in which this share of the answers lies; null: above the last. 0 where there were none. */
export function shareWithin(steps: readonly number[], share: number): number | null {
  const all = steps.reduce((sum, count) => sum + count, 0);
  if (all === 0) return 0;
  let sum = 0;
  for (const [at, count] of steps.entries()) {
    sum += count;
    if (sum >= share * all) return timeSteps[at] ?? null;
  }
  return null;
}
