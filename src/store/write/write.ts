/**
 * One write of one call: fence, caller, key, body, records, commit, all in one SERIALIZABLE transaction. Promises: what is
 * answered is committed; what is refused left nothing behind; a repeated key acts once; nothing is written for an activation
 * that is closed; a conflict is tried again until the call's deadline, in turn from the third try.
 */
import { type Call, canonicalJson, Fault, isRefusal, type Json, refuse, type Refusal } from '#kernel';
import { hash } from 'node:crypto';
import type { Answer, Link } from '../connection/link.ts';
import type { LinkPool } from '../connection/link-pool.ts';
import { statement } from '../connection/statement.ts';
import { FencedOut } from '../fenced-out.ts';
import { asFault, outcomeUnknown, sqlState } from '../connection/faults.ts';
import { CHECK } from '../physical/checks.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { Cursors } from '../read/cursor.ts';
import { sendBegin } from './begin.ts';
import { fileSending, type SentFile } from './files.ts';
import { recordStatement, recordValues } from './record.ts';
import type { Trips } from './one-trip.ts';
import { settled, sqlRows, UNLOCK } from './sql-rows.ts';
import type { Sending } from './row-statements.ts';
import { emptyRecords, openTransaction, type Records, type WriteTransaction } from './transaction.ts';

export interface WriteOptions {
  /** The body makes one row and does nothing else: it may be worked out ahead and sent in one trip. */
  readonly single?: boolean;
  /** Whatever the body answers, nothing of what it wrote stays: for asking what would become of it. */
  readonly undone?: boolean;
  /** The body makes several writes that stand for themselves: what one of them is refused for takes none of the others along. */
  readonly apart?: boolean;
  readonly idempotency?: { readonly operation: string; readonly key: string; readonly body: string };
  /** Kept with what the body writes, or not at all. */
  readonly files?: readonly SentFile[];
}
/** `replayed`: this is the stored answer of an earlier write with the same key. */
export interface Written<Value> {
  readonly value: Value;
  readonly replayed: boolean;
}

export interface WriteParts {
  readonly pool: LinkPool;
  readonly cursors: Cursors;
  readonly newId: () => string;
  /** Milliseconds since 1970, for deadlines. */
  readonly clock: () => number;
  /** The share of tries that were lost lately, by queue. */
  readonly lost: Map<number, number>;
  readonly trips: Trips;
  /** From 0 to 1, for waiting times. */
  readonly chance: () => number;
}

/** From this try on a call takes its turn in the queue of its component. */
const QUEUE_FROM = 3;
/** Where a larger share of tries is lost, calls take turns at once. */
const MOST_LOST = 0.4;
const QUEUES = 64;

/** So long is waited where the database holds rows to more than this generation promises: what nobody promises any more is taken away soon. */
const UNPROMISED_MS = 50;

/** Thrown inside to leave a body when the transaction is over for it. */
class Again extends Fault {
  /**
   * With a savepoint around each write; with an answer of the database to each write before the body goes on; with what a constraint says
   * asked of the rules before a row is sent.
   */
  readonly how: 'as before' | 'careful' | 'asking' | 'minding';
  constructor(cause: unknown, how: Again['how'] = 'as before') {
    super('serialization', 'The transaction has to be run again.', cause);
    this.how = how;
  }
}
class Replayed {
  readonly body: string;
  readonly answer: Json;
  constructor(body: string, answer: Json) {
    this.body = body;
    this.answer = answer;
  }
}

export async function write<Value>(
  parts: WriteParts,
  call: Call,
  prepared: Prepared,
  options: WriteOptions,
  body: (tx: WriteTransaction) => Promise<Value | Refusal>,
): Promise<Written<Value> | Refusal> {
  const undone = options.undone === true;
  const manner = { careful: undone || options.apart === true, asking: undone, minding: undone };
  let unpromised: unknown;
  for (let attempt = 1; ; attempt += 1) {
    const left = call.deadline - parts.clock();
    if (left <= 0 && unpromised !== undefined) throw asFault(unpromised, false);
    if (left <= 0) return late(attempt);
    const queued = inTurn(parts, call, attempt);
    if (options.single === true && attempt === 1 && !queued) {
      const short = await parts.trips.go(call, prepared, options.idempotency, Math.max(1, Math.ceil(left)), body);
      if (short !== 'unplanned') noted(parts, call, short === 'lost', queued);
      if (typeof short === 'object') return { value: short.value, replayed: false };
    }
    const link = await parts.pool.take(call.deadline);
    if (link === undefined)
      return refuse('busy', 'All connections to the database were in use until the deadline of this call. Try again.');
    try {
      const result = await once(parts, link, call, prepared, options, body, queued, manner);
      noted(parts, call, false, queued);
      return isRefusal(result) && options.idempotency !== undefined ? ((await answeredBefore(parts, call, options)) ?? result) : result;
    } catch (error) {
      const sql = sqlState(error);
      if (error instanceof Again) {
        const replayed = usedKey(error.cause) ? await answeredBefore<Value>(parts, call, options) : undefined;
        if (replayed !== undefined) return replayed;
        unpromised = manner.minding && error.how === 'minding' ? error.cause : undefined;
        manner.careful ||= error.how === 'careful';
        manner.asking ||= error.how !== 'as before';
        manner.minding ||= error.how === 'minding';
      } else if (sql === '57014' || sql === '55P03') return late(attempt);
      else if (sql === '22003' || sql === '22008' || (error instanceof Fault && error.code === 'overflow')) {
        return refuse('invalid', 'A value or a value computed from it is too large to be exact.', {
          fields: { '': 'a number is too large' },
        });
      } else if (!retried(sql)) throw asFault(error, link.broken);
      if (unpromised !== undefined) await after(UNPROMISED_MS);
      if (error instanceof Again && error.how !== 'as before') continue;
      noted(parts, call, true, queued);
    } finally {
      parts.pool.give(link);
    }
    if (attempt + 1 < QUEUE_FROM) await after(parts.chance() * 10);
  }
}

/** Whether a call takes its turn: from its third try, and from the first where most calls of its component lost lately. */
const inTurn = (parts: WriteParts, call: Call, attempt: number): boolean =>
  attempt >= QUEUE_FROM || (parts.lost.get(queueOf(call.component)) ?? 0) > MOST_LOST;

/** The share of tries that were lost lately, by queue. Turns are always won, and say little of what would be without them. */
function noted(parts: WriteParts, call: Call, lost: boolean, queued: boolean): void {
  const queue = queueOf(call.component);
  const before = parts.lost.get(queue) ?? 0;
  const weight = lost || !queued ? 0.1 : 0.02;
  parts.lost.set(queue, before * (1 - weight) + (lost ? weight : 0));
}

/** A call that was refused because the same call was answered meanwhile is answered the same. */
async function answeredBefore<Value>(parts: WriteParts, call: Call, options: WriteOptions): Promise<Written<Value> | Refusal | undefined> {
  const { operation, key } = options.idempotency ?? { operation: '', key: '' };
  const { rows } = await (await parts.pool.share('short')).run(stored, [call.caller.id, operation, key]);
  const [body, answer] = rows[0] ?? [];
  return typeof body === 'string' ? replay(options, new Replayed(body, (answer ?? null) as Json)) : undefined;
}
const stored = statement(
  'select body, answer from theseus.idempotency where caller = $1::text and operation = $2::text and key = $3::text',
);

/** The key was used by another call meanwhile: its row is there, and decided. */
const usedKey = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'constraint' in cause && cause.constraint === 'idempotency_pkey';
/** A constraint that a generation promised, and none of the product's own. */
const promised = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'constraint' in cause && String(cause.constraint).includes(CHECK);
const retried = (sql: string | undefined): boolean => sql === '40001' || sql === '40P01';
/** What a failure means for the call; of a statement that was held, that a check failed which the long way would have answered in words. */
function meant(reason: unknown, held = false): unknown {
  const sql = sqlState(reason);
  if (held && sql === '22012') return new Again(reason, 'asking');
  if (sql === '23514' && promised(reason)) return new Again(reason, 'minding');
  return retried(sql) || sql === '23505' ? new Again(reason) : reason;
}
const late = (attempts: number): Refusal =>
  refuse(
    'deadline',
    `This call could not be finished before its deadline${attempts > 1 ? ', because others were changing the same rows' : ''}. Nothing was changed; try again.`,
    { tries: attempts },
  );

async function once<Value>(
  parts: WriteParts,
  link: Link,
  call: Call,
  prepared: Prepared,
  options: WriteOptions,
  body: (tx: WriteTransaction) => Promise<Value | Refusal>,
  queued: boolean,
  { careful, asking, minding }: { readonly careful: boolean; readonly asking: boolean; readonly minding: boolean },
): Promise<Written<Value> | Refusal> {
  const records = emptyRecords();
  let failure: unknown;
  let doomed: Refusal | undefined;
  let over = false;
  let entering: Promise<void> | undefined;
  /** Sends what must come first, once, before anything else is sent. */
  const entered = (): Promise<void> => {
    if (entering === undefined) {
      entering = begin(parts, link, call, prepared, options, queued);
      entering.catch((error: unknown) => {
        failure ??= error;
      });
    }
    return entering;
  };
  let locked = false;
  /** Nothing of an answer reaches the body before the fence is passed; the first failure ends the transaction for it. */
  const guarded = async (sent: Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await sent;
      await entered();
      return answer;
    } catch (reason) {
      await entered();
      failure ??= meant(reason);
      throw failure;
    }
  };
  const held: Promise<Answer>[] = [];
  const hold = async (sendings: readonly Sending[]): Promise<void> => {
    open(() => {
      for (const { statement: text, values } of sendings) {
        const sent = link.run(text, values, true);
        sent.catch((reason: unknown) => {
          failure ??= meant(reason, true);
        });
        held.push(sent);
      }
    });
    await entered();
  };
  const open = <Sent>(send: () => Sent): Sent => {
    if (over) throw new Fault('bug', 'A transaction was used after its end.');
    if (failure !== undefined) throw failure;
    void entered();
    return send();
  };
  const rows = sqlRows({
    call,
    prepared,
    cursors: parts.cursors,
    careful,
    minding,
    ...(asking ? {} : { hold }),
    beside: async (sent, values) => (await parts.pool.share('short')).run(sent, values),
    send: async (sent, values) => open(() => guarded(link.run(sent, values))),
    command: async (text) => open(() => guarded(link.command(text))),
    beforehand: (lock, keys, sent, values) => {
      if (entering !== undefined) return undefined;
      locked = true;
      return settled([link.run(lock, keys), link.run(sent, values)]).then((answers) => answers[1] as Answer);
    },
    doom: (refusal) => {
      doomed ??= refusal;
    },
  });
  const tx = openTransaction({ call, prepared, rows, records, newId: parts.newId });

  try {
    let result: Value | Refusal;
    try {
      result = await body(tx);
      await entered();
    } catch (error) {
      over = true;
      if (entering === undefined) throw error;
      await entering.catch(() => undefined);
      await rollback(link);
      const cause = failure ?? error;
      if (cause instanceof Replayed) return replay(options, cause);
      throw cause;
    }
    over = true;
    if (failure !== undefined || isRefusal(result) || doomed !== undefined) {
      await rollback(link);
      if (failure instanceof Replayed) return replay(options, failure);
      if (failure !== undefined) throw failure;
      if (isRefusal(result)) return result;
      throw new Again(doomed, 'careful');
    }
    if (options.undone === true) {
      await rollback(link);
      return { value: result, replayed: false };
    }
    const unlocks = locked ? [UNLOCK] : [];
    locked = false;
    await commit(link, call, prepared, options, records, result, held, unlocks);
    return { value: result, replayed: false };
  } finally {
    if (locked && !link.broken) link.command(UNLOCK).catch(() => undefined);
  }
}

/** Sends what must come first, in one packet with what follows. */
async function begin(parts: WriteParts, link: Link, call: Call, prepared: Prepared, options: WriteOptions, queued: boolean): Promise<void> {
  const left = Math.max(1, Math.ceil(call.deadline - parts.clock()));
  const keyed = options.idempotency;
  // Looked up before BEGIN: inside, it would conflict with every other new key. A plain write leaves it to the key's own INSERT.
  const earlier =
    keyed === undefined || call.component.startsWith('entity/')
      ? Promise.resolve(undefined)
      : link.run(stored, [call.caller.id, keyed.operation, keyed.key]);
  const { locks, entered } = sendBegin(link, call, prepared, left, { queue: queued ? queueOf(call.component) : undefined });
  await settled([earlier, ...locks, entered]);
  const [answered, { rows }] = await Promise.all([earlier, entered]);
  const [state] = rows[0] ?? [];
  if (state !== 'serving' && state !== 'draining') throw new FencedOut(call.activation);
  const [storedBody, storedAnswer] = answered?.rows[0] ?? [];
  if (typeof storedBody === 'string') throw new Replayed(storedBody, (storedAnswer ?? null) as Json);
}

function replay<Value>(options: WriteOptions, stored: Replayed): Written<Value> | Refusal {
  if (options.idempotency?.body !== stored.body) {
    return refuse('idempotency-mismatch', 'This Idempotency-Key was used before with another request. Use a new key for a new request.');
  }
  return { value: stored.answer as Value, replayed: true };
}

async function commit(
  link: Link,
  call: Call,
  prepared: Prepared,
  options: WriteOptions,
  records: Records,
  result: unknown,
  held: readonly Promise<Answer>[],
  afterwards: readonly string[],
): Promise<void> {
  const keyed = options.idempotency;
  const files = (options.files ?? []).map((file) => fileSending(call, file));
  const sent: Promise<Answer>[] = [...held, ...files.map(({ statement: text, values }) => link.run(text, values))];
  if (records.journal.length > 0 || records.events.length > 0 || keyed !== undefined) {
    sent.push(
      link.run(
        recordStatement(keyed !== undefined, records),
        recordValues(call, prepared, records, keyed === undefined ? undefined : { ...keyed, answer: result as Json }),
      ),
    );
  }
  const committed = link.command('commit');
  sent.push(committed);
  link.end();
  for (const text of afterwards) link.command(text).catch(() => undefined);
  const outcomes = await Promise.allSettled(sent);
  const failed = outcomes.findIndex(({ status }) => status === 'rejected');
  if (failed >= 0) {
    await rollback(link);
    // Those that stand behind the commit were not run in a transaction that had failed.
    if (!link.broken) await settled(afterwards.map((text) => link.command(text)));
    const outcome = outcomes[failed];
    if (link.broken && outcome?.status === 'rejected' && sqlState(outcome.reason) === undefined) throw outcomeUnknown(outcome.reason);
    throw meant(outcome?.status === 'rejected' ? outcome.reason : undefined, failed < held.length);
  }
  const last = await committed;
  if (last.command !== 'COMMIT') throw new Fault('bug', `A commit was answered by ${last.command}.`);
}

async function rollback(link: Link): Promise<void> {
  if (link.broken) return;
  link.end();
  await link.command('rollback').catch(() => undefined);
}

/** Components are few; their queues are the same in all processes. */
const queues = new Map<string, number>();
function queueOf(component: string): number {
  let queue = queues.get(component);
  if (queue === undefined) {
    queue = hash('sha256', component, 'buffer').readUInt32BE(0) % QUEUES;
    if (queues.size > 10_000) queues.clear();
    queues.set(component, queue);
  }
  return queue;
}

const after = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
/** The body that a key was used with is compared by this text. */
export const bodyText = (body: Json): string => canonicalJson(body);
