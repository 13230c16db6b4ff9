/**
 * Deliveries: one row for each run that is owed, of a reaction for an event or of a job for an instant. The row says what became
 * of it; that it was applied is said by the key in `theseus.idempotency`, in the transaction of the run itself. Times are given.
 */
import type { Pool, PoolClient } from 'pg';
import type { Digest, Json, JsonObject } from '#kernel';

export type DeliveryState = 'waiting' | 'running' | 'done' | 'dead' | 'stopped';

export interface NewDelivery {
  readonly key: string;
  /** Permanent id of the reaction or job, or of the transition that is due. */
  readonly contract: string;
  readonly component: string;
  /** Of one lane the earliest alone runs; null: whenever there is room. */
  readonly lane: string | null;
  readonly call: string;
  readonly given: JsonObject;
  readonly trail: readonly string[];
  readonly state: 'waiting' | 'dead';
  /** Now, where nothing is said. */
  readonly dueAt?: number;
  readonly code: string | null;
  readonly why: string | null;
}
export interface Delivery {
  readonly key: string;
  readonly no: number;
  readonly contract: string;
  readonly component: string;
  readonly call: string;
  readonly given: JsonObject;
  readonly trail: readonly string[];
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Milliseconds since 1970, as all times here. */
  readonly dueAt: number;
  readonly held: string | null;
  readonly code: string | null;
  readonly why: string | null;
  readonly evidence: Json;
  readonly madeAt: number;
  readonly endedAt: number | null;
  readonly wallMs: number;
  readonly generation: Digest | null;
}
/** What may be spent in an hour, by permanent id; `leaseMs`: how long one run may take before it counts as lost. */
export interface HourCap {
  readonly contract: string;
  readonly runs: number;
  readonly wallMs: number;
  readonly leaseMs: number;
}
export interface Ended {
  readonly state: DeliveryState;
  /** When it is tried again, where it waits. */
  readonly dueAt: number;
  /** Whether the try counts. */
  readonly counts: boolean;
  readonly held: string | null;
  readonly code: string | null;
  readonly why: string | null;
  readonly evidence: Json;
  readonly wallMs: number;
  readonly generation: Digest | null;
}

const at = (parameter: string): string => `to_timestamp(${parameter}::float8 / 1000)`;
const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const hourOf = (now: number): number => now - (now % 3_600_000);
const columns = `d.key, d.no::float8 as no, d.contract, d.component, d.call, d.given, d.trail, d.state, d.attempts, ${ms('d.due_at')} as "dueAt", d.held, d.code, d.why,
  d.evidence, ${ms('d.made_at')} as "madeAt", ${ms('d.ended_at')} as "endedAt", d.wall_ms as "wallMs", d.generation`;

/** In the order given; a key that is there already is the same delivery. */
export async function addDeliveries(client: PoolClient, made: readonly NewDelivery[], now: number): Promise<number> {
  if (made.length === 0) return 0;
  const added = await client.query(
    `insert into theseus.deliveries (key, contract, component, lane, call, given, trail, state, due_at, code, why, made_at, ended_at)
     select t.key, t.contract, t.component, t.lane, t.call, t.given, t.trail, t.state, coalesce(to_timestamp(t."dueAt" / 1000), ${at('$2')}), t.code, t.why, ${at('$2')}, case when t.state = 'dead' then ${at('$2')} end
     from jsonb_array_elements($1::jsonb) with ordinality as each(one, place),
       jsonb_to_record(one) as t(key text, contract text, component text, lane text, call text, given jsonb, trail jsonb, state text, "dueAt" float8, code text, why text)
     order by place on conflict (key) do nothing`,
    [JSON.stringify(made), now],
  );
  return added.rowCount ?? 0;
}

/** What of some contracts is due and first in its lane; the earliest, as many as can be taken. */
const dueOf = (of: string): string => `select w.key, w.contract, w.due_at, w.no from theseus.deliveries w
           where w.state = 'waiting' and ${of} and w.due_at <= ${at('$3')}
             and (w.lane is null or not exists (select 1 from theseus.deliveries e where e.lane = w.lane and e.no < w.no and e.state in ('waiting', 'running')))
           order by w.due_at, w.no limit $2`;

/** The first part of the advisory lock that a kernel holds while it lives; the second is its number. */
const PRESENCE = 7407;
/** Runs whose kernel is gone, or did not come back in time, wait again. */
export const releaseExpired = async (client: PoolClient, now: number): Promise<void> =>
  void (await client.query(
    `update theseus.deliveries set state = 'waiting', leased_until = null, due_at = ${at('$1')}, why = 'The kernel that ran it did not say what became of it.'
     where state = 'running' and (leased_until < ${at('$1')} or not exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.classid::bigint = ${PRESENCE}
       and l.objid::bigint = leased_by and l.granted and l.database = (select oid from pg_database where datname = current_database())))`,
    [now],
  ));

/** Says on this connection, for as long as it lives, that the kernel of this number is there. False where the number is taken. */
export async function showPresence(client: PoolClient, kernel: number): Promise<boolean> {
  const shown = await client.query<{ shown: boolean }>(`select pg_try_advisory_lock(${PRESENCE}, $1::integer) as shown`, [kernel]);
  return shown.rows[0]?.shown === true;
}
export const endPresence = async (client: PoolClient, kernel: number): Promise<void> =>
  void (await client.query(`select pg_advisory_unlock(${PRESENCE}, $1::integer)`, [kernel]));

/** What is due of those who have spent their hour waits for the next one. */
export const holdForHour = async (client: PoolClient, caps: readonly HourCap[], now: number): Promise<void> =>
  void (await client.query(
    `update theseus.deliveries d set held = 'hour', due_at = ${at('$3')}
     from jsonb_to_recordset($1::jsonb) as cap(contract text, runs integer, "wallMs" float8) join theseus.hours h on h.contract = cap.contract and h.hour = ${at('$4')}
     where d.contract = cap.contract and d.state = 'waiting' and d.due_at <= ${at('$2')} and (h.runs >= cap.runs or h.wall_ms >= cap."wallMs")`,
    [JSON.stringify(caps), now, hourOf(now) + 3_600_000, hourOf(now)],
  ));

/**
 * Takes what is due and may run for the kernel of this number, each try counted and its hour charged. Each reaction and job in its
 * turn, however much of another waits before it, and none has more than `share` under way here.
 */
export async function claimDeliveries(
  client: PoolClient,
  caps: readonly HourCap[],
  { most, share, now, kernel }: { readonly most: number; readonly share: number; readonly now: number; readonly kernel: number },
): Promise<readonly Delivery[]> {
  const claimed = await client.query<Delivery>(
    `with cap as (select * from jsonb_to_recordset($1::jsonb) as t(contract text, runs integer, "leaseMs" float8)),
       at_work as (select contract, count(*) as runs from theseus.deliveries where state = 'running' and leased_by = $5 group by contract),
       candidate as (select first.* from cap cross join lateral (${dueOf('w.contract = cap.contract')}) first
         union all select rest.* from (${dueOf('w.contract <> all(select contract from cap)')}) rest),
       placed as (select *, row_number() over (partition by contract order by due_at, no) as place from candidate),
       taken as (select placed.key, coalesce(cap."leaseMs", 30000) as lease from placed left join cap on cap.contract = placed.contract
           left join theseus.hours h on h.contract = placed.contract and h.hour = ${at('$4')} left join at_work on at_work.contract = placed.contract
         where (cap.contract is null or coalesce(h.runs, 0) + placed.place <= cap.runs) and coalesce(at_work.runs, 0) + placed.place <= $6
         order by coalesce(at_work.runs, 0) + placed.place, placed.due_at, placed.no limit $2),
       ran as (update theseus.deliveries d set state = 'running', attempts = d.attempts + 1, held = null, leased_by = $5, leased_until = ${at('($3 + taken.lease)')}
         from taken where d.key = taken.key returning d.*),
       spent as (insert into theseus.hours (contract, hour, runs) select contract, ${at('$4')}, count(*) from ran group by contract
         on conflict (contract, hour) do update set runs = theseus.hours.runs + excluded.runs)
     select ${columns} from ran d order by d.no`,
    [JSON.stringify(caps), most, now, hourOf(now), kernel, share],
  );
  return claimed.rows;
}

/** What became of a try. Nothing where the try was given up for lost meanwhile: then another one says it. */
export async function endDelivery(pool: Pool, { key, attempts, contract }: Delivery, ended: Ended, now: number): Promise<boolean> {
  const done = await pool.query(
    `with ended as (update theseus.deliveries set state = $3, due_at = ${at('$4')}, attempts = case when $5::boolean then attempts else attempts - 1 end, held = $6,
         leased_until = null, code = $7, why = $8, evidence = $9::jsonb, wall_ms = wall_ms + $10::float8, generation = coalesce($11, generation),
         ended_at = case when $3 in ('done', 'dead', 'stopped') then ${at('$12')} end
       where key = $1 and attempts = $2 and state = 'running' returning contract)
     insert into theseus.hours (contract, hour, wall_ms) select contract, ${at('$13')}, $10 from ended
     on conflict (contract, hour) do update set wall_ms = theseus.hours.wall_ms + excluded.wall_ms returning contract`,
    [
      key,
      attempts,
      ended.state,
      ended.dueAt,
      ended.counts,
      ended.held,
      ended.code,
      ended.why,
      JSON.stringify(ended.evidence),
      ended.wallMs,
      ended.generation,
      now,
      hourOf(now),
    ],
  );
  return done.rows.some((row: { readonly contract: string }) => row.contract === contract);
}

/** A dead letter or a stopped delivery waits again, with all its tries before it. Null where there is none of that number. */
export async function retryDelivery(pool: Pool, no: number, now: number): Promise<Delivery | null> {
  const found = await pool.query<Delivery>(
    `update theseus.deliveries d set state = 'waiting', attempts = 0, held = null, due_at = ${at('$2')}, ended_at = null
     where no = $1 and state in ('dead', 'stopped') returning ${columns}`,
    [no, now],
  );
  return found.rows[0] ?? null;
}
/** A delivery that waits or is dead is given up. */
export async function stopDelivery(pool: Pool, no: number, why: string, now: number): Promise<Delivery | null> {
  const found = await pool.query<Delivery>(
    `update theseus.deliveries d set state = 'stopped', why = $3, ended_at = ${at('$2')} where no = $1 and state in ('dead', 'waiting') returning ${columns}`,
    [no, now, why],
  );
  return found.rows[0] ?? null;
}

export async function listDeliveries(
  pool: Pool,
  {
    state,
    component,
    before,
    limit,
  }: { readonly state?: string; readonly component?: string; readonly before?: number; readonly limit: number },
): Promise<readonly Delivery[]> {
  const found = await pool.query<Delivery>(
    `select ${columns} from theseus.deliveries d
     where ($1::text is null or d.state = $1) and ($2::text is null or d.component = $2) and ($3::float8 is null or d.no < $3) order by d.no desc limit $4`,
    [state ?? null, component ?? null, before ?? null, limit],
  );
  return found.rows;
}
export async function loadDelivery(pool: Pool, no: number): Promise<Delivery | null> {
  return (await pool.query<Delivery>(`select ${columns} from theseus.deliveries d where d.no = $1`, [no])).rows[0] ?? null;
}

export const isAnythingOwed = async (pool: Pool): Promise<boolean> =>
  (await pool.query("select 1 from theseus.deliveries where state in ('waiting', 'running') limit 1")).rows.length > 0;

/** How much there is of each, by permanent id; what is done is not counted. */
export interface Backlog {
  readonly contract: string;
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
  readonly stopped: number;
  /** Waiting for the next hour. */
  readonly held: number;
  readonly runsThisHour: number;
  readonly wallMsThisHour: number;
}
export async function loadBacklog(pool: Pool | PoolClient, now: number): Promise<readonly Backlog[]> {
  const found = await pool.query<Backlog>(
    `select coalesce(b.contract, h.contract) as contract, coalesce(waiting, 0)::int as waiting, coalesce(running, 0)::int as running, coalesce(dead, 0)::int as dead,
       coalesce(stopped, 0)::int as stopped, coalesce(held, 0)::int as held, coalesce(h.runs, 0) as "runsThisHour", coalesce(h.wall_ms, 0) as "wallMsThisHour"
     from (select contract, count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'running') as running, count(*) filter (where state = 'dead') as dead,
         count(*) filter (where state = 'stopped') as stopped, count(*) filter (where state = 'waiting' and held = 'hour') as held
       from theseus.deliveries where state <> 'done' group by contract) b
     full join (select * from theseus.hours where hour = ${at('$1')}) h on h.contract = b.contract`,
    [hourOf(now)],
  );
  return found.rows;
}
/** Undone deliveries of these jobs, by permanent id. In a turn. */
export async function undoneOf(
  client: PoolClient,
  contracts: readonly string[],
): Promise<ReadonlyMap<string, { readonly waiting: number; readonly running: number }>> {
  const found = await client.query<{ contract: string; waiting: number; running: number }>(
    `select contract, (count(*) filter (where state = 'waiting'))::int as waiting, (count(*) filter (where state = 'running'))::int as running
     from theseus.deliveries where lane = any($1::text[]) and state in ('waiting', 'running') group by contract`,
    [contracts],
  );
  return new Map(found.rows.map((row) => [row.contract, row]));
}

/** Forgets what is done and older than `before`, and hours long past. Dead letters stay until a person has dealt with them. */
export async function forgetOld(pool: Pool, before: number): Promise<void> {
  await pool.query(`delete from theseus.deliveries where state in ('done', 'stopped') and ended_at < ${at('$1')}`, [before]);
  await pool.query(`delete from theseus.hours where hour < ${at('$1')}`, [before]);
}

/**
 * Forgets keys of calls from before `before`, at most `most` at once, so that no lock is held for long. Those of runs that are not
 * done stay: a run is told by its key that it was applied. Answers how many.
 */
export async function forgetKeys(pool: Pool, before: number, most: number): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from theseus.idempotency i using (
       select o.caller, o.operation, o.key from theseus.idempotency o where o.at < ${at('$1')}
         and not exists (select 1 from theseus.deliveries d where d.key = o.key and d.state <> 'done') order by o.at limit $2) old
     where i.caller = old.caller and i.operation = old.operation and i.key = old.key`,
    [before, most],
  );
  return rowCount ?? 0;
}
