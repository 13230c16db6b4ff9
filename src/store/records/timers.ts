/** Transitions that the clock makes: which of them have counted the rows that stood there before, and whether a row stands there still. */
import type { Pool, PoolClient } from 'pg';

export interface Timer {
  /** Permanent id of the transition. */
  readonly transition: string;
  /** The states that it leads from and the time; another one is counted anew. */
  readonly timer: string;
}

const at = (parameter: string): string => `to_timestamp(${parameter}::float8 / 1000)`;

/**
 * Those of these that are new, other than they were, or did not hold in the activation before this one. Of a transition that is not
 * among them nothing is kept. In a turn.
 */
export async function newTimers(client: PoolClient, given: readonly Timer[], activation: number): Promise<readonly Timer[]> {
  await client.query('delete from theseus.timers where transition <> all($1::text[])', [given.map(({ transition }) => transition)]);
  const { rows } = await client.query<Timer & { readonly activation: number }>(
    'select transition, timer, activation::float8 as activation from theseus.timers',
  );
  const holds = (known: (typeof rows)[number], { transition, timer }: Timer): boolean =>
    known.transition === transition && known.timer === timer && activation - known.activation <= 1;
  const fresh = given.filter((timer) => !rows.some((known) => holds(known, timer)));
  await client.query('update theseus.timers set activation = $1 where transition <> all($2::text[])', [
    activation,
    fresh.map(({ transition }) => transition),
  ]);
  return fresh;
}

/** All rows that stood there are counted. */
export const keepTimer = async (client: PoolClient, { transition, timer }: Timer, activation: number, now: number): Promise<void> =>
  void (await client.query(
    `insert into theseus.timers (transition, timer, activation, since) values ($1, $2, $3, ${at('$4')})
     on conflict (transition) do update set timer = excluded.timer, activation = excluded.activation, since = excluded.since`,
    [transition, timer, activation, now],
  ));

/** What waits for this transition is due this long after its row came to stand there. */
export const setDues = async (client: PoolClient, transition: string, afterMs: number): Promise<void> =>
  void (await client.query(
    `update theseus.deliveries set due_at = to_timestamp(((given ->> 'since')::float8 + $2) / 1000) where contract = $1 and state = 'waiting'`,
    [transition, afterMs],
  ));

/** Of these rows those for which this transition waits already. */
export async function rowsWaiting(client: PoolClient, transition: string, rows: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await client.query<{ row: string }>(
    `select given ->> 'row' as row from theseus.deliveries where contract = $1 and state in ('waiting', 'running') and given ->> 'row' = any($2::text[])`,
    [transition, rows],
  );
  return new Set(found.rows.map(({ row }) => row));
}

/** Whether an activation is being left: what it writes may still come. */
export async function isDraining(client: PoolClient): Promise<boolean> {
  return (await client.query("select 1 from theseus.live where state = 'draining' limit 1")).rows.length > 0;
}

/** Whether a field of a row was given another value after one version, up to another. */
export async function hasChangedSince(
  pool: Pool,
  row: string,
  field: string,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<boolean> {
  const found = await pool.query(
    `select 1 from theseus.journal where row = $1::uuid and action = 'update' and (after ->> 'version')::bigint > $3::bigint
       and (after ->> 'version')::bigint <= $4::bigint and (before ->> $2) is distinct from (after ->> $2) limit 1`,
    [row, field, after, upTo],
  );
  return found.rows.length > 0;
}
