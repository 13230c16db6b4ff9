/** A store in one transaction that is never committed: the same statements, checks and refusals as in service. */
import { randomUUIDv7 } from 'node:crypto';
import { type Call, isRefusal, type Json, refuse, type Refusal } from '#kernel';
import { dateIn } from '#schema';
import type { Link } from '../connection/link.ts';
import { statement } from '../connection/statement.ts';
import type { Store } from '../open-store.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { cursorsOf } from '../read/cursor.ts';
import { type Reader, readerOver } from '../read/reader.ts';
import { sqlRows } from '../write/sql-rows.ts';
import { type Emitted, emptyRecords, openTransaction, type Recorded, type WriteTransaction } from '../write/transaction.ts';

export interface EmptyStore {
  /** With what a commit would have written beside the rows. */
  readonly store: Store & { readonly journal: readonly Recorded[]; readonly outbox: readonly Emitted[] };
  end(): Promise<void>;
}
const enter = statement("select set_config('theseus.caller', $1::text, true), set_config('theseus.today', $2::text, true)");

export async function trialStore(
  link: Pick<Link, 'run' | 'command' | 'end'>,
  clock: () => number,
  end: () => Promise<void>,
): Promise<EmptyStore> {
  const cursors = cursorsOf('trial');
  const journal: Recorded[] = [];
  const outbox: Emitted[] = [];
  const answers = new Map<string, { readonly body: string; readonly answer: string }>();
  /** Sent ahead of what needs it, in the same trip. Where it fails, so does what follows, which says so. */
  const ahead = (text: string): void => void link.command(text).catch(() => undefined);
  ahead('begin');
  /** One after another: a savepoint encloses what is sent after it. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(body: () => Promise<Value>): Promise<Value> => {
    const mine = last.then(body, body);
    last = mine.catch(() => undefined);
    return mine;
  };
  let entered = '';
  const enterAs = (call: Call, prepared: Prepared): void => {
    const values = [call.caller.id, dateIn(prepared.model.settings.timeZone, call.now)];
    if (entered === values.join(' ')) return;
    entered = values.join(' ');
    link.run(enter, values).catch(() => undefined);
  };
  const readerFor = (prepared: Prepared): Reader =>
    readerOver(
      (call, sent, values) =>
        inTurn(() => {
          enterAs(call, prepared);
          return link.run(sent, values);
        }),
      cursors,
    );
  /** All of a call, or nothing. A refused write that the call went on after is undone by itself, at a second try, as in service. */
  async function once<Value>(
    call: Call,
    prepared: Prepared,
    body: (tx: WriteTransaction) => Promise<Value | Refusal>,
    careful: boolean,
  ): Promise<Value | Refusal> {
    let doomed = false;
    enterAs(call, prepared);
    ahead('savepoint one_call');
    const back = (): void => {
      link.end();
      ahead('rollback to savepoint one_call');
      ahead('release savepoint one_call');
    };
    const records = emptyRecords();
    let value: Value | Refusal;
    try {
      const rows = sqlRows({
        call,
        prepared,
        cursors,
        careful,
        doom: () => {
          doomed = true;
        },
        send: (sent, values) => link.run(sent, values),
        command: (text) => link.command(text),
      });
      value = await body(openTransaction({ call, prepared, rows, records, newId: () => randomUUIDv7() }));
    } catch (error) {
      back();
      throw error;
    }
    if (!isRefusal(value) && !doomed) {
      ahead('release savepoint one_call');
      journal.push(...records.journal);
      outbox.push(...records.events);
      return value;
    }
    back();
    return isRefusal(value) || careful ? value : once(call, prepared, body, true);
  }
  const store: EmptyStore['store'] = {
    journal,
    outbox,
    read: {
      get: (call, prepared, entity, id) => readerFor(prepared).get(call, prepared, entity, id),
      list: (call, prepared, entity, query) => readerFor(prepared).list(call, prepared, entity, query),
      view: (call, prepared, view, page) => readerFor(prepared).view(call, prepared, view, page),
      unkept: (call, prepared, entity, demand, titled) => readerFor(prepared).unkept(call, prepared, entity, demand, titled),
      covered: (call, prepared, entity, holds) => readerFor(prepared).covered(call, prepared, entity, holds),
    },
    write: (call, prepared, options, body) =>
      inTurn(async () => {
        if (clock() >= call.deadline)
          return refuse('deadline', 'This call could not be finished before its deadline. Nothing was changed; try again.', { tries: 1 });
        const keyed = options.idempotency;
        const key = JSON.stringify([call.caller.id, keyed?.operation, keyed?.key]);
        const stored = keyed === undefined ? undefined : answers.get(key);
        if (stored !== undefined && stored.body !== keyed?.body)
          return refuse(
            'idempotency-mismatch',
            'This Idempotency-Key was used before with another request. Use a new key for a new request.',
          );
        if (stored !== undefined) return { value: JSON.parse(stored.answer) as never, replayed: true };
        try {
          const value = await once(call, prepared, body, false);
          if (isRefusal(value)) return value;
          if (keyed !== undefined) answers.set(key, { body: keyed.body, answer: JSON.stringify((value ?? null) as Json) });
          return { value, replayed: false };
        } catch (error) {
          const sql = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
          if (sql === '22003' || sql === '22008' || sql === 'overflow')
            return refuse('invalid', 'A value or a value computed from it is too large to be exact.', {
              fields: { '': 'a number is too large' },
            });
          throw error;
        }
      }),
    // A trial is given what is said of files, and no bytes.
    file: async () => null,
    close: async () => undefined,
  };
  return { store, end };
}
