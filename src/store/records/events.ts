/**
 * The kernel's log: events in order, each chained to the one before by digest and countersigned by the machine's key.
 * Appending an event, the routing row and the rows of life happen in one transaction with its NOTIFY; two kernels that
 * decide at once cannot both append (the sequence is the key).
 */
import type { Pool, PoolClient } from 'pg';
import type { Digest, KernelEvent, KernelState } from '#kernel';

export interface LoggedEvent {
  readonly seq: number;
  readonly event: KernelEvent;
  readonly previous: string;
  readonly digest: Digest;
  readonly signature: string;
}

export async function loadEvents(pool: Pool | PoolClient, after: number): Promise<readonly LoggedEvent[]> {
  const found = await pool.query<LoggedEvent>(
    'select seq::int as seq, event, previous, digest, signature from theseus.events where seq > $1 order by seq',
    [after],
  );
  return found.rows;
}

/** What comes to serve with these events, by name of the change that it came from. */
export interface Arrival {
  readonly generation: Digest;
  readonly parent: Digest;
  readonly change: string;
}

/** One statement, which is all or nothing. False where another kernel appended first: reload and decide again. */
export async function appendEvents(pool: Pool, logged: readonly LoggedEvent[], state: KernelState, arrival?: Arrival): Promise<boolean> {
  const { stable, candidate, weight, activation } = state.routing;
  const lives = Object.entries(state.live).map(([number, life]) => ({ activation: Number(number), ...life }));
  try {
    await pool.query(
      `with logged as (insert into theseus.events (seq, event, previous, digest, signature)
              select seq, event, previous, digest, signature from jsonb_to_recordset($1::jsonb) as given(seq bigint, event jsonb, previous text, digest text, signature text) order by seq),
            routed as (update theseus.routing set stable = $2, candidate = $3, weight = $4, activation = $5),
            lived as (insert into theseus.live (activation, generation, state)
              select * from jsonb_to_recordset($6::jsonb) as given(activation int, generation text, state text)
              on conflict (activation) do update set state = excluded.state where live.state is distinct from excluded.state),
            arrived as (update theseus.generations set parent = $8, change = $9, created_at = now() where id = $7)
       select pg_notify('routing', $10)`,
      [
        JSON.stringify(logged),
        stable,
        candidate,
        weight,
        activation,
        JSON.stringify(lives),
        arrival?.generation ?? null,
        arrival?.parent ?? null,
        arrival?.change ?? null,
        String(state.seq),
      ],
    );
    return true;
  } catch (cause) {
    // Another kernel has the number, or is about to: it holds the rows that this one waits for.
    if (cause instanceof Error && 'code' in cause && (cause.code === '23505' || cause.code === '40P01')) return false;
    throw cause;
  }
}

/** Waits until no transaction of a closed activation is under way; false after `timeoutMs`. The close itself is an event. */
export async function awaitFence(pool: Pool, activation: number, timeoutMs: number): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`set local lock_timeout = ${Math.trunc(timeoutMs)}`);
    await client.query(`lock table theseus.fence_${Math.trunc(activation) % 16} in access exclusive mode`);
    await client.query('commit');
    return true;
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    if (cause instanceof Error && 'code' in cause && cause.code === '55P03') return false;
    throw cause;
  } finally {
    client.release();
  }
}
