/**
 * One connection to PostgreSQL on which statements are sent without waiting for the answers of earlier ones. Why: a write
 * is a handful of statements, and each wait is a round trip; and because the server wakes us once for a whole piece of them, not
 * once a statement. Promises: answers come in order; what is sent within one turn of the event loop leaves in one packet, as one piece:
 * where a statement of it fails, those behind it are not run. Never shared by two transactions at once. `pg` opens the connection.
 */
import type { Duplex } from 'node:stream';
import pg from 'pg';
import { Fault } from '#kernel';
import { asFault, sqlState } from './faults.ts';
import { columnTypes, errorOf, kinds, openIncoming, type Parser, rowOf, tagOf } from './incoming.ts';
import { Outgoing, wireText } from './outgoing.ts';
import { type Statement, statement } from './statement.ts';
import { parserOf } from './wire-types.ts';

export type Values = readonly unknown[];
/** Rows as arrays in the order of the select list. */
export interface Answer {
  readonly rows: readonly (readonly unknown[])[];
  readonly count: number;
  readonly command: string;
}
/** `piece`: a transaction, of which nothing is run after a failure. `each`: every statement stands alone. `gathered`: alone as well, but answered together. */
export type Manner = 'piece' | 'each' | 'gathered';

/** Statements a connection may have prepared before it is replaced: each takes memory in its server process. */
const MOST_PREPARED = 4_000;
/** Of those that callers choose: the one that was used longest ago gives its place to the next. */
const MOST_CHOSEN = 500;
const noAnswer: Answer = { rows: [], count: 0, command: '' };

interface Prepared {
  /** What the server knows it by: its own name, or that of a place which one after the other has. */
  readonly name: string;
  columns: readonly (Parser | null)[];
  /** The piece that it was sent with; known to be there once that was confirmed. */
  piece: number;
  confirmed: boolean;
}
interface Sent {
  readonly statement: Statement;
  readonly values: readonly (string | null)[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: unknown) => void;
  readonly prepared: Prepared;
  rows: (readonly unknown[])[];
}
/** What ends a piece. */
const END = null;

export class Link {
  readonly #client: pg.Client;
  readonly #stream: Duplex;
  readonly #manner: Manner;
  readonly #outgoing = new Outgoing();
  readonly #prepared = new Map<string, Prepared>();
  /** Those that callers chose, the one used longest ago first. */
  readonly #chosen = new Map<string, Prepared>();
  /** Sent and not answered, in order, from `#first` on. */
  #queue: (Sent | typeof END)[] = [];
  #first = 0;
  #piece = 0;
  /** Whether something was sent since the last end of a piece. */
  #unended = false;
  #scheduled = false;
  #broken = false;
  /** A statement of the piece that is being answered failed: the server leaves out the rest. */
  #failed = false;
  /** Statements sent and not answered. */
  waiting = 0;
  /** When the first of them began to be the first. */
  #since = 0;

  private constructor(client: pg.Client, stream: Duplex, manner: Manner) {
    this.#client = client;
    this.#stream = stream;
    this.#manner = manner;
    const read = openIncoming(
      (kind, bytes, body, end) => this.#take(kind, bytes, body, end),
      (why) => stream.destroy(new Error(`The database broke the protocol: ${why}`)),
    );
    stream.removeAllListeners('data');
    stream.on('data', read);
  }

  static async open(url: string, name: string, manner: Manner = 'piece'): Promise<Link> {
    const client = new pg.Client({ connectionString: url, application_name: name, keepAlive: true });
    const ended = { cause: undefined as unknown, link: undefined as Link | undefined };
    const lost = (): void => {
      if (ended.link !== undefined) ended.link.#lost(ended.cause);
    };
    client.on('error', (error) => {
      ended.cause ??= error;
      lost();
    });
    client.on('end', lost);
    try {
      await client.connect();
    } catch (failure) {
      throw sqlState(failure) === '53100'
        ? asFault(failure, false)
        : new Fault('database-unavailable', 'The database does not answer.', failure);
    }
    const { stream } = (client as unknown as { readonly connection: { readonly stream: Duplex } }).connection;
    ended.link = new Link(client, stream, manner);
    return ended.link;
  }

  /** Whether it must not be used for the next piece of work. */
  get spent(): boolean {
    return this.#broken || this.#prepared.size > MOST_PREPARED;
  }
  get broken(): boolean {
    return this.#broken;
  }

  /** For how many milliseconds the first statement has been at work. */
  get heldUp(): number {
    return this.waiting === 0 ? 0 : performance.now() - this.#since;
  }

  /** Runs a statement, prepared at its first use here. `held`: it leaves with what is sent next. */
  run(sent: Statement, values: Values, held = false): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#broken) return reject(lostFault());
      try {
        const texts = values.map(wireText);
        this.#send({ statement: sent, values: texts, resolve, reject, prepared: this.#preparedFor(sent), rows: [] }, held);
      } catch (cause) {
        reject(cause);
      }
    });
  }

  /** Runs one statement of trusted text without parameters; the texts are few. */
  command(text: string): Promise<Answer> {
    let known = commands.get(text);
    if (known === undefined) {
      known = statement(text);
      if (commands.size < MOST_COMMANDS) commands.set(text, known);
    }
    return this.run(known, []);
  }

  /** Ends the piece: what is sent from now on is run whatever becomes of what was sent before. */
  end(): void {
    if (!this.#unended) return;
    this.#outgoing.sync();
    this.#queue.push(END);
    this.#unended = false;
    this.#piece += 1;
  }

  async close(): Promise<void> {
    this.#broken = true;
    await this.#client.end().catch(() => undefined);
    this.#lost(undefined);
  }

  #preparedFor({ name, text, chosen }: Statement): Prepared {
    const among = chosen ? this.#chosen : this.#prepared;
    const known = among.get(name);
    if (chosen && known !== undefined) {
      among.delete(name);
      among.set(name, known);
    }
    // What was sent in this very piece is there, or what follows it is left out with it.
    if (known !== undefined && (known.confirmed || known.piece === this.#piece)) return known;
    const place = known?.name ?? (chosen ? this.#placeOfChosen() : name);
    this.#outgoing.prepare(place, text);
    const made: Prepared = { name: place, columns: known?.columns ?? [], piece: this.#piece, confirmed: false };
    among.set(name, made);
    return made;
  }
  /** Preparing under a name ends what had it, so that the server keeps no more than there are places, whatever fails in between. */
  #placeOfChosen(): string {
    const oldest = this.#chosen.size < MOST_CHOSEN ? undefined : this.#chosen.entries().next().value;
    if (oldest === undefined) return `c${this.#chosen.size}`;
    this.#chosen.delete(oldest[0]);
    return oldest[1].name;
  }

  #send(sent: Sent, held: boolean): void {
    this.#outgoing.execute(sent.prepared.name, sent.values);
    this.#queue.push(sent);
    if (this.waiting === 0) this.#since = performance.now();
    this.waiting += 1;
    this.#unended = true;
    if (this.#manner === 'each') this.end();
    if (this.#scheduled || held) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    this.end();
    if (!this.#broken && !this.#outgoing.empty) this.#stream.write(this.#outgoing.take());
  }

  #take(kind: number, bytes: Buffer, body: number, end: number): void {
    const sent = this.#queue[this.#first];
    switch (kind) {
      case kinds.row:
        if (sent) sent.rows.push(rowOf(bytes, body, sent.prepared.columns));
        return;
      case kinds.complete:
        if (!sent) return;
        this.#next();
        return sent.resolve({ rows: sent.rows, ...tagOf(bytes, body, end) });
      case kinds.parsed:
        if (sent) sent.prepared.confirmed = true;
        return;
      case kinds.columns:
        if (sent) sent.prepared.columns = columnTypes(bytes, body).map(parserOf);
        return;
      case kinds.empty:
        if (!sent) return;
        this.#next();
        return sent.resolve(noAnswer);
      case kinds.failed: {
        const error = errorOf(bytes, body, end);
        // The server ends the connection behind these words: nobody must take it until that is seen.
        if (error.severity === 'FATAL' || error.code?.startsWith('57P') === true) this.#broken = true;
        // Outside of a piece the server speaks of the connection itself, and ends it.
        if (!sent) return;
        this.#next();
        this.#failed = true;
        return sent.reject(error);
      }
      case kinds.ready:
        return this.#ended();
    }
  }

  /** The end of a piece: what stands before it was left out after a failure. */
  #ended(): void {
    const left: Sent[] = [];
    for (let sent = this.#queue[this.#first]; sent !== undefined; sent = this.#queue[this.#first]) {
      this.#first += 1;
      if (sent === END) break;
      this.waiting -= 1;
      left.push(sent);
    }
    this.#compact();
    const failed = this.#failed;
    this.#failed = false;
    for (const sent of left) {
      if (failed && this.#manner === 'gathered' && !this.#broken) this.#again(sent);
      else sent.reject(leftOut());
    }
  }
  #again({ statement: again, values, resolve, reject }: Sent): void {
    this.run(again, values).then(resolve, reject);
  }

  #next(): void {
    this.#first += 1;
    this.waiting -= 1;
    if (this.waiting > 0) this.#since = performance.now();
    this.#compact();
  }
  #compact(): void {
    if (this.#first === this.#queue.length) {
      this.#queue = [];
      this.#first = 0;
    } else if (this.#first > 1_000) {
      this.#queue = this.#queue.slice(this.#first);
      this.#first = 0;
    }
  }

  #lost(cause: unknown): void {
    this.#broken = true;
    const left = this.#queue.slice(this.#first);
    this.#queue = [];
    this.#first = 0;
    this.waiting = 0;
    for (const sent of left) if (sent !== END) sent.reject(lostFault(cause));
  }
}

const commands = new Map<string, Statement>();
const MOST_COMMANDS = 1_000;
const lostFault = (cause?: unknown): Fault =>
  new Fault('database-unavailable', 'The connection to the database was lost; nothing was changed.', cause);
/** As PostgreSQL says it of statements in a transaction that failed. */
const leftOut = (): pg.DatabaseError =>
  Object.assign(new pg.DatabaseError('not run, because a statement before it failed', 0, 'error'), { code: '25P02' });
