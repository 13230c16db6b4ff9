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

/** False where another kernel appended first: reload and decide again. */
export async function appendEvents(pool: Pool, logged: readonly LoggedEvent[], state: KernelState): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const { seq, event, previous, digest, signature } of logged) {
      const added = await client.query(
        'insert into theseus.events (seq, event, previous, digest, signature) values ($1, $2, $3, $4, $5) on conflict do nothing',
        [seq, JSON.stringify(event), previous, digest, signature],
      );
      if (added.rowCount === 0) {
        await client.query('rollback');
        return false;
      }
    }
    const { stable, candidate, weight, activation } = state.routing;
    await client.query('update theseus.routing set stable = $1, candidate = $2, weight = $3, activation = $4', [
      stable,
      candidate,
      weight,
      activation,
    ]);
    const lives = Object.entries(state.live).map(([number, life]) => ({ activation: Number(number), ...life }));
    await client.query(
      `insert into theseus.live (activation, generation, state) select * from jsonb_to_recordset($1::jsonb) as given(activation int, generation text, state text)
       on conflict (activation) do update set state = excluded.state where live.state is distinct from excluded.state`,
      [JSON.stringify(lives)],
    );
    await client.query(`select pg_notify('routing', $1)`, [String(state.seq)]);
    await client.query('commit');
    return true;
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    throw cause;
  } finally {
    client.release();
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
