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
       where o.type like '%.outside.request' and (s.id is null or (s.state = 'waiting' and s.next_at <= now())) order by o.seq limit $2
     ), taken as (
       insert into theseus.sendings as s (id, state, tries, next_at) select id, 'waiting', 1, now() + make_interval(secs => $1::double precision / 1000) from due
       on conflict (id) do update set tries = s.tries + 1, next_at = excluded.next_at where s.state = 'waiting' and s.next_at <= now()
       returning s.id, s.tries
     ) select taken.id, taken.tries, due.data from taken join due on due.id = taken.id`,
    [leaseMs, most],
  );
  return rows;
}

export async function endSending(pool: Pool, id: string, end: SendingEnd): Promise<void> {
  await pool.query(
    `update theseus.sendings set state = $2, status = $3, why = $4, next_at = now() + make_interval(secs => $5::double precision / 1000), at = now() where id = $1`,
    [
      id,
      end.state,
      end.state === 'sent' ? end.status : null,
      end.state === 'sent' ? null : end.why.slice(0, 1_000),
      end.state === 'waiting' ? end.afterMs : 0,
    ],
  );
}

export interface DeadSending {
  readonly id: string;
  readonly at: string;
  readonly tries: number;
  readonly why: string | null;
}
export async function deadSendings(pool: Pool, limit: number): Promise<readonly DeadSending[]> {
  const { rows } = await pool.query<DeadSending>(
    `select id, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, tries, why from theseus.sendings where state = 'dead' order by at desc limit $1`,
    [limit],
  );
  return rows;
}
/** A person tries a dead one again, with the same key. */
export async function reviveSending(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    "update theseus.sendings set state = 'waiting', next_at = now(), tries = 0 where id = $1 and state = 'dead'",
    [id],
  );
  return rowCount === 1;
}
