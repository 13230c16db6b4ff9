/** What is to be sent to hosts outside: rows of the outbox, and how far each has come. The kernel alone takes them up and ends them. */
import type { Pool } from 'pg';
import type { Json } from '#kernel';

export interface Sending {
  /** Of the outbox row: stable over all tries. */
  readonly id: string;
  /** This try, from 1. */
  readonly tries: number;
  readonly data: Json;
}
export type SendingEnd =
  | { readonly state: 'sent'; readonly status: number }
  | { readonly state: 'waiting'; readonly afterMs: number; readonly why: string }
  | { readonly state: 'dead'; readonly why: string };

/** Takes up what is due, each for one kernel; one that is not ended within `leaseMs` is due again. */
export async function takeSendings(pool: Pool, leaseMs: number, most: number): Promise<readonly Sending[]> {
  const { rows } = await pool.query<Sending>(
    `with due as (
       select o.id, o.data from theseus.outbox o left join theseus.sendings s on s.id = o.id
       where o.type like '%.outside.request' and o.type = substr(o.source, 2) || '.outside.request' and (s.id is null or (s.state = 'waiting' and s.next_at <= now())) order by o.seq limit $2
     ), taken as (
       insert into theseus.sendings as s (id, state, tries, next_at) select id, 'waiting', 1, now() + make_interval(secs => $1::double precision / 1000) from due
       on conflict (id) do update set tries = s.tries + 1, next_at = excluded.next_at where s.state = 'waiting' and s.next_at <= now()
       returning s.id, s.tries
     ) select taken.id, taken.tries, due.data from taken join due on due.id = taken.id`,
    [leaseMs, most],
  );
  return rows;
}

/** What became of a try. One that was given up meanwhile stays so, unless it arrived. */
export async function endSending(pool: Pool, id: string, end: SendingEnd): Promise<void> {
  await pool.query(
    `update theseus.sendings set state = $2, status = $3, why = $4, next_at = now() + make_interval(secs => $5::double precision / 1000), at = now()
     where id = $1 and (state = 'waiting' or (state = 'stopped' and $2 = 'sent'))`,
    [
      id,
      end.state,
      end.state === 'sent' ? end.status : null,
      end.state === 'sent' ? null : end.why.slice(0, 1_000),
      end.state === 'waiting' ? end.afterMs : 0,
    ],
  );
}

/** As it stands. `host` and `path` are where it goes; what it says is shown to nobody. Times are instants in UTC. */
export interface SendingRecord {
  readonly id: string;
  readonly component: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly state: 'waiting' | 'sent' | 'dead' | 'stopped';
  readonly tries: number;
  /** What the host answered last, where it took it. */
  readonly status: number | null;
  readonly why: string | null;
  readonly madeAt: string;
  /** Of the last try, or of the last word of a person. */
  readonly at: string;
  readonly call: string;
}
const utc = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The latest first; those older than the sending `before`, where it is named. */
export async function listSendings(
  pool: Pool,
  { state, before, limit }: { readonly state?: string; readonly before?: string; readonly limit: number },
): Promise<readonly SendingRecord[]> {
  const { rows } = await pool.query<SendingRecord>(
    `select s.id, o.data->>'component' as component, o.data->>'method' as method, o.data->>'host' as host,
       left(coalesce(substring(o.data->>'url' from '^[a-z]+://[^/?#]*([^?#]*)'), ''), 200) as path,
       s.state, s.tries, s.status, s.why, ${utc('o.time')} as "madeAt", ${utc('s.at')} as at, o.call
     from theseus.sendings s join theseus.outbox o on o.id = s.id
     where ($1::text is null or s.state = $1) and ($2::text is null or (s.at, s.id) < (select b.at, b.id from theseus.sendings b where b.id = $2))
     order by s.at desc, s.id desc limit $3`,
    [state ?? null, before ?? null, limit],
  );
  return rows;
}
/** A person tries a dead one, or one that was given up, again: with the same key, and all its tries before it. Answers the component that sent it. */
export const reviveSending = (pool: Pool, id: string): Promise<string | null> =>
  moved(pool, "state = 'waiting', next_at = now(), at = now(), tries = 0", "'dead', 'stopped'", [id]);
/** A person gives one up that is dead or waits. One that is on its way meanwhile may still arrive. */
export const stopSending = (pool: Pool, id: string, why: string): Promise<string | null> =>
  moved(pool, "state = 'stopped', at = now(), why = $2", "'dead', 'waiting'", [id, why.slice(0, 1_000)]);

async function moved(pool: Pool, set: string, from: string, values: readonly string[]): Promise<string | null> {
  const { rows } = await pool.query<{ component: string | null }>(
    `update theseus.sendings s set ${set} from theseus.outbox o where o.id = s.id and s.id = $1 and s.state in (${from}) returning o.data->>'component' as component`,
    [...values],
  );
  return rows[0] === undefined ? null : (rows[0].component ?? '');
}

/** More dead letters than this are not counted: the number is asked for often. */
const mostCounted = 1_000;
/** Of runs and of sendings. */
export async function countDeadLetters(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from (
       select 1 from (select from theseus.deliveries where state = 'dead' limit $1) d union all select 1 from (select from theseus.sendings where state = 'dead' limit $1) s) dead`,
    [mostCounted],
  );
  return rows[0]?.count ?? 0;
}
