/**
 * The pool of connections for the tables of record. Why its own: a database that is away must be told apart from a bug, by
 * its code, wherever a record is read. Lost connections are made anew at the next use; one is kept, since a full disk may not let one be made.
 */
import pg from 'pg';
import { Fault } from '#kernel';

export function openPool(url: string, options: { readonly max: number; readonly onError: (cause: Error) => void }): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, min: 1, max: options.max, connectionTimeoutMillis: 5_000 });
  pool.on('error', options.onError);
  const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<unknown>;
  const connect = pool.connect.bind(pool) as (...given: unknown[]) => Promise<pg.PoolClient>;
  const told = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((cause: unknown) => {
      throw asFault(cause);
    });
  // Statements of a transaction run on a client of their own: what they meet is told as well.
  pool.on('connect', (client) => {
    const run = client.query.bind(client) as (...given: unknown[]) => unknown;
    Object.assign(client, {
      query: (...given: unknown[]) => {
        const running = run(...given);
        return running instanceof Promise ? told(running) : running;
      },
    });
  });
  return Object.assign(pool, {
    query: (...given: unknown[]) => told(query(...given)),
    // `query` of the library calls `connect` with a callback, and tells of a failure there
    connect: (...given: unknown[]) => (given.length > 0 ? connect(...given) : told(connect())),
  });
}

function asFault(cause: unknown): unknown {
  if (cause instanceof Fault) return cause;
  if (isAway(cause)) return new Fault('database-unavailable', 'The database does not answer.', cause);
  // The driver tells SQLSTATE 53100 as its code.
  if (cause instanceof Error && 'code' in cause && cause.code === '53100')
    return new Fault('disk-full', 'The disk of the database is full; nothing was changed.', cause);
  return cause;
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
