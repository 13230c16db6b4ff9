/** Callers, one-time links, sessions and keys. Only hashes of secrets are stored: this file never sees a secret itself. */
import type { Pool } from 'pg';
import type { Caller } from '#kernel';

export async function saveCaller(pool: Pool, caller: Caller): Promise<void> {
  await pool.query(
    'insert into theseus.callers (id, name, roles) values ($1, $2, $3) on conflict (id) do update set name = excluded.name, roles = excluded.roles',
    [caller.id, caller.name, JSON.stringify(caller.roles)],
  );
}
export async function listCallers(pool: Pool): Promise<readonly (Caller & { readonly disabled: boolean })[]> {
  return (await pool.query<Caller & { disabled: boolean }>('select id, name, roles, disabled from theseus.callers order by created_at'))
    .rows;
}
export async function loadCaller(pool: Pool, id: string): Promise<Caller | null> {
  return (await pool.query<Caller>('select id, name, roles from theseus.callers where id = $1 and not disabled', [id])).rows[0] ?? null;
}

export async function saveLink(pool: Pool, hash: string, caller: string, minutes: number): Promise<void> {
  await pool.query('insert into theseus.links (hash, caller, expires_at) values ($1, $2, now() + make_interval(mins => $3))', [
    hash,
    caller,
    minutes,
  ]);
}
/** The caller of a link that was neither used nor is too old; it is used up by this. */
export async function takeLink(pool: Pool, hash: string): Promise<Caller | null> {
  const found = await pool.query<Caller>(
    `with taken as (update theseus.links set used_at = now() where hash = $1 and used_at is null and expires_at > now() returning caller)
     select id, name, roles from theseus.callers join taken on taken.caller = callers.id where not disabled`,
    [hash],
  );
  return found.rows[0] ?? null;
}

export async function saveSession(pool: Pool, hash: string, caller: string, hours: number): Promise<void> {
  await pool.query('insert into theseus.sessions (hash, caller, expires_at) values ($1, $2, now() + make_interval(hours => $3))', [
    hash,
    caller,
    hours,
  ]);
}
export async function endSession(pool: Pool, hash: string): Promise<void> {
  await pool.query('update theseus.sessions set ended_at = now() where hash = $1 and ended_at is null', [hash]);
}
export async function callerOfSession(pool: Pool, hash: string): Promise<Caller | null> {
  const found = await pool.query<Caller>(
    `select callers.id, callers.name, callers.roles from theseus.sessions join theseus.callers on callers.id = sessions.caller
     where sessions.hash = $1 and ended_at is null and expires_at > now() and not disabled`,
    [hash],
  );
  return found.rows[0] ?? null;
}

export interface KeySummary {
  readonly id: string;
  readonly name: string;
  readonly caller: string;
  readonly roles: readonly string[];
  readonly createdAt: string;
  readonly ended: boolean;
}
export async function saveKey(
  pool: Pool,
  key: { readonly hash: string; readonly id: string; readonly name: string; readonly caller: string },
): Promise<void> {
  await pool.query('insert into theseus.keys (hash, id, name, caller) values ($1, $2, $3, $4)', [key.hash, key.id, key.name, key.caller]);
}
export async function endKey(pool: Pool, id: string): Promise<boolean> {
  return (await pool.query('update theseus.keys set ended_at = now() where id = $1 and ended_at is null', [id])).rowCount === 1;
}
export async function listKeys(pool: Pool): Promise<readonly KeySummary[]> {
  const found = await pool.query<KeySummary>(
    `select keys.id, keys.name, keys.caller, callers.roles, to_char(keys.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "createdAt", ended_at is not null as ended
     from theseus.keys join theseus.callers on callers.id = keys.caller order by keys.created_at`,
  );
  return found.rows;
}
export async function callerOfKey(pool: Pool, hash: string): Promise<Caller | null> {
  const found = await pool.query<Caller>(
    `select callers.id, callers.name, callers.roles from theseus.keys join theseus.callers on callers.id = keys.caller where keys.hash = $1 and ended_at is null and not disabled`,
    [hash],
  );
  return found.rows[0] ?? null;
}
