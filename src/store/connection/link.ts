/**
 * One connection to PostgreSQL on which statements are sent without waiting for the answers of earlier ones. Why: a write
 * is a handful of statements, and each wait is a round trip. Promises: answers come in order; what is sent within one turn
 * of the event loop leaves in one packet. Never shared by two transactions at once.
 */
import pg from 'pg';
import { Fault } from '#kernel';
import type { Statement } from './statement.ts';
import { wireTypes } from './wire-types.ts';

export type Values = readonly unknown[];
/** Rows as arrays in the order of the select list. */
export interface Answer {
  readonly rows: readonly (readonly unknown[])[];
  readonly count: number;
  readonly command: string;
}

/** Statements a connection may have prepared before it is replaced: each takes memory in its server process. */
const MOST_PREPARED = 4_000;

export class Link {
  readonly #client: pg.Client;
  #corked = false;
  #broken = false;
  readonly #prepared = new Set<string>();
  /** Statements sent and not answered. */
  waiting = 0;
  /** What `theseus.caller` is set to on this session outside of transactions. */
  caller: string | undefined;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(url: string, name: string): Promise<Link> {
    const client = new pg.Client({
      connectionString: url,
      pipeline: true,
      types: wireTypes,
      application_name: name,
      keepAlive: true,
    } as pg.ClientConfig);
    const link = new Link(client);
    client.on('error', () => {
      link.#broken = true;
    });
    client.on('end', () => {
      link.#broken = true;
    });
    try {
      await client.connect();
    } catch (cause) {
      throw new Fault('database-unavailable', 'The database does not answer.', cause);
    }
    return link;
  }

  /** Whether it must not be used for the next piece of work. */
  get spent(): boolean {
    return this.#broken || this.#prepared.size > MOST_PREPARED;
  }
  get broken(): boolean {
    return this.#broken;
  }

  /** Runs a prepared statement. */
  run(statement: Statement, values: Values): Promise<Answer> {
    this.#prepared.add(statement.name);
    return this.#send({ name: statement.name, text: statement.text, values: values as unknown[], rowMode: 'array' });
  }

  /** Runs statements without parameters, of trusted text. */
  command(text: string): Promise<Answer> {
    return this.#send({ text, rowMode: 'array' });
  }

  async #send(query: pg.QueryArrayConfig<unknown[]>): Promise<Answer> {
    this.#cork();
    this.waiting += 1;
    try {
      const answered = (await this.#client.query(query)) as pg.QueryArrayResult<unknown[]> | pg.QueryArrayResult<unknown[]>[];
      const result = Array.isArray(answered) ? answered[answered.length - 1] : answered;
      return { rows: result?.rows ?? [], count: result?.rowCount ?? 0, command: result?.command ?? '' };
    } finally {
      this.waiting -= 1;
    }
  }

  #cork(): void {
    if (this.#corked) return;
    const stream = (this.#client as unknown as { connection: { stream: { cork?: () => void; uncork?: () => void } } }).connection.stream;
    stream.cork?.();
    this.#corked = true;
    setImmediate(() => {
      this.#corked = false;
      stream.uncork?.();
    });
  }

  async close(): Promise<void> {
    this.#broken = true;
    await this.#client.end().catch(() => undefined);
  }
}
