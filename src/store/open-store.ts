/**
 * The rows of a system: read by one statement a read, written by one transaction a write, with the login `theseus_data`.
 * Knows nothing of routing: the call says for which activation it writes, and the fence decides whether it still may.
 */
import type { Call, Refusal } from '#kernel';
import { randomUUIDv7 } from 'node:crypto';
import { asFault, sqlState } from './connection/faults.ts';
import type { Answer, Values } from './connection/link.ts';
import { LinkPool, type LinkUse, type SharedUse } from './connection/link-pool.ts';
import type { Statement } from './connection/statement.ts';
import type { Prepared } from './prepare/prepare-model.ts';
import { cursorsOf } from './read/cursor.ts';
import { type Reader, readerOver } from './read/reader.ts';
import { readFile, type SentFile } from './write/files.ts';
import { openTrips } from './write/one-trip.ts';
import type { WriteTransaction } from './write/transaction.ts';
import { write, type WriteOptions, type Written } from './write/write.ts';

export interface Store {
  readonly read: Reader;
  /** One transaction. `body` may be run several times; it must have no effect but through `tx`. Throws FencedOut. */
  write<Value>(
    call: Call,
    prepared: Prepared,
    options: WriteOptions,
    body: (tx: WriteTransaction) => Promise<Value | Refusal>,
  ): Promise<Written<Value> | Refusal>;
  /** A file that some call has kept; null where there is none. Whoever asks has to know that it may. */
  file(id: string): Promise<SentFile | null>;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly dataUrl: string;
  /** Connections for writes; reads have half as many and two. */
  readonly pool?: number;
  readonly newId?: () => string;
  /** For deadlines, in milliseconds since 1970. */
  readonly clock?: () => number;
}

/** Milliseconds after which a read is given up. */
const LONGEST_READ = 10_000;
/**
 * Row security shows nothing to a session that does not say for whom it reads; transactions say it anew. Statements by id keep the
 * plan that they have: planning one over a view with derived columns takes longer than running it.
 */
const session = (use: LinkUse): string =>
  `-c theseus.caller=reader -c statement_timeout=${LONGEST_READ}${use === 'long' ? '' : ' -c plan_cache_mode=force_generic_plan'}`;

export function openStore(options: StoreOptions): Store {
  const size = options.pool ?? 16;
  const pool = new LinkPool({
    url: (use) => withOptions(options.dataUrl, session(use)),
    name: 'theseus data',
    size,
    shared: { short: 2, long: Math.max(2, Math.ceil(size / 2)) },
  });
  pool.openAhead();
  const cursors = cursorsOf(options.dataUrl);
  const newId = options.newId ?? ((): string => randomUUIDv7());
  const parts = {
    pool,
    cursors,
    newId,
    trips: openTrips(pool, newId),
    clock: options.clock ?? Date.now,
    lost: new Map<number, number>(),
    chance: Math.random,
  };
  const read = readerOver((_call, statement, values, short) => readOn(pool, short === true ? 'short' : 'long', statement, values), cursors);
  return {
    read,
    write: (call, prepared, writeOptions, body) => write(parts, call, prepared, writeOptions, body),
    file: (id) => readFile((sent, values) => readOn(pool, 'long', sent, values), id),
    close: () => pool.close(),
  };
}

/** A read whose connection is lost is asked once more on another. */
async function readOn(pool: LinkPool, use: SharedUse, statement: Statement, values: Values): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const shared = pool.share(use);
    const link = shared instanceof Promise ? await shared : shared;
    try {
      return await link.run(statement, values);
    } catch (error) {
      const lost = link.broken || sqlState(error)?.startsWith('57P') === true;
      if (!lost || attempt > 1) throw asFault(error, lost);
    }
  }
}

function withOptions(url: string, options: string): string {
  const separator = url.includes('?') ? '&' : '?';
  return `${url}${separator}options=${encodeURIComponent(options)}`;
}
