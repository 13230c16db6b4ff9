/**
 * The outbox as reactions hear it: events of transactions that are decided, in the order in which these were. All of it happens
 * in a turn: a transaction that holds the one row of `theseus.unasked`, so that of several kernels one hands out at a time.
 */
import type { Pool, PoolClient } from 'pg';
import type { Digest, Json } from '#kernel';

/** An event that was written and not yet handed out. `trail`: the reactions that led to it, where a delivery wrote it. */
export interface WrittenEvent {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly data: Json;
  readonly generation: Digest;
  readonly trail: readonly string[];
}
export interface Place {
  readonly xid: string;
  readonly seq: string;
}

/**
 * One turn, in one transaction. `busy` where another kernel has it, `elsewhere` where another activation is routed than
 * `activation`: who hands out must know the generation that serves.
 */
export async function inTurn<Value>(
  pool: Pool,
  activation: number,
  work: (client: PoolClient, place: Place) => Promise<Value>,
): Promise<Value | 'busy' | 'elsewhere'> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const held = await client.query<Place & { activation: number }>(
      'select xid::text as xid, seq::text as seq, (select activation from theseus.routing) as activation from theseus.unasked for update skip locked',
    );
    const place = held.rows[0];
    if (place?.activation !== activation) {
      await client.query('rollback');
      return place === undefined ? 'busy' : 'elsewhere';
    }
    const value = await work(client, place);
    await client.query('commit');
    return value;
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    throw cause;
  } finally {
    client.release();
  }
}

/** What comes after a place, at most `most`. Below the oldest open transaction nothing can come any more that is not there. */
export async function eventsAfter(client: PoolClient, { xid, seq }: Place, most: number): Promise<readonly (WrittenEvent & Place)[]> {
  const found = await client.query<WrittenEvent & Place>(
    `select o.id, o.type, o.source, o.subject, (extract(epoch from o.time) * 1000)::float8 as at, o.data, o.generation, o.xid::text as xid, o.seq::text as seq,
       case when d.call is null then '[]'::jsonb else d.trail end as trail
     from theseus.outbox o left join theseus.deliveries d on d.call = o.call
     where (o.xid, o.seq) > ($1::xid8, $2::bigint) and o.xid < pg_snapshot_xmin(pg_current_snapshot())
     order by o.xid, o.seq limit $3`,
    [xid, seq, most],
  );
  return found.rows;
}

/** The end of what is decided, for a generation that reacts to nothing; undefined where nothing came. */
export async function decidedEnd(client: PoolClient, { xid, seq }: Place): Promise<Place | undefined> {
  const found = await client.query<Place>(
    `select xid::text as xid, seq::text as seq from theseus.outbox
     where (xid, seq) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid desc, seq desc limit 1`,
    [xid, seq],
  );
  return found.rows[0];
}

export const moveTo = async (client: PoolClient, { xid, seq }: Place): Promise<void> =>
  void (await client.query('update theseus.unasked set xid = $1::xid8, seq = $2::bigint', [xid, seq]));

/** Whether something was written after a place, decided or not. */
export async function moreAfter(client: PoolClient, { xid, seq }: Place): Promise<boolean> {
  const found = await client.query('select 1 from theseus.outbox where (xid, seq) > ($1::xid8, $2::bigint) limit 1', [xid, seq]);
  return found.rows.length > 0;
}
