/**
 * The pool of connections for the tables of record. Why its own: a database that is away must be told apart from a bug, by
 * its code, wherever a record is read. Lost connections are made anew at the next use.
 */
import pg from 'pg';
import { Fault } from '#kernel';

export function openPool(url: string, options: { readonly max: number; readonly onError: (cause: Error) => void }): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: options.max, connectionTimeoutMillis: 5_000 });
  pool.on('error', options.onError);
  const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<unknown>;
  const connect = pool.connect.bind(pool) as (...given: unknown[]) => Promise<pg.PoolClient>;
  const told = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((cause: unknown) => {
      throw isAway(cause) ? new Fault('database-unavailable', 'The database does not answer.', cause) : cause;
    });
  return Object.assign(pool, {
    query: (...given: unknown[]) => told(query(...given)),
    // `query` of the library calls `connect` with a callback, and tells of a failure there
    connect: (...given: unknown[]) => (given.length > 0 ? connect(...given) : told(connect())),
  });
}

/** Connection refused, reset, timed out; starting up, shutting down, crashed (SQLSTATE 57P01 to 57P03, class 08). */
function isAway(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? String(cause.code) : '';
  return (
    /^(ECONN|EPIPE|ENOENT|EAGAIN|ETIMEDOUT|57P0[123]$|08)/.test(code) ||
    /terminat|timeout|Client has encountered a connection error/i.test(cause.message)
  );
}
