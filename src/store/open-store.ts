/**
 * The rows of a system: read by one statement a read, written by one transaction a write, with the login `theseus_data`.
 * Knows nothing of routing: the call says for which activation it writes, and the fence decides whether it still may.
 */
import type { Call, Refusal } from '#kernel';
import { randomUUIDv7 } from 'node:crypto';
import { LinkPool } from './connection/link-pool.ts';
import type { Prepared } from './prepare/prepare-model.ts';
import { cursorsOf } from './read/cursor.ts';
import { type Reader, readerOver } from './read/reader.ts';
import type { WriteTransaction } from './write/transaction.ts';
import { write, type WriteOptions, type Written } from './write/write.ts';

export interface Store {
  readonly read: Reader;
  /** One transaction. `body` may be run several times; it must have no effect but through `tx`. Throws FencedOut. */
  write<Value>(call: Call, prepared: Prepared, options: WriteOptions, body: (tx: WriteTransaction) => Promise<Value | Refusal>): Promise<Written<Value> | Refusal>;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly dataUrl: string;
  /** Connections for writes; reads have a quarter as many. */
  readonly pool?: number;
  readonly newId?: () => string;
  /** For deadlines, in milliseconds since 1970. */
  readonly clock?: () => number;
}

/** Row security shows nothing to a session that does not say for whom it reads; transactions say it anew. */
const READER = '-c theseus.caller=reader';

export function openStore(options: StoreOptions): Store {
  const size = options.pool ?? 16;
  const pool = new LinkPool({ url: withOptions(options.dataUrl, READER), name: 'theseus data', size, shared: Math.max(2, Math.ceil(size / 4)) });
  const cursors = cursorsOf(options.dataUrl);
  const parts = { pool, cursors, newId: options.newId ?? ((): string => randomUUIDv7()), clock: options.clock ?? Date.now, busy: new Map<number, number>(), chance: Math.random };
  const read = readerOver(async (_call, statement, values) => (await pool.share()).run(statement, values), cursors);
  return {
    read,
    write: (call, prepared, writeOptions, body) => write(parts, call, prepared, writeOptions, body),
    close: () => pool.close(),
  };
}

function withOptions(url: string, options: string): string {
  const separator = url.includes('?') ? '&' : '?';
  return `${url}${separator}options=${encodeURIComponent(options)}`;
}
