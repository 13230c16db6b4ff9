/**
 * Stores without rows in a real PostgreSQL, for examples: each lives in one transaction that is never committed, so the next one
 * starts with none. The same statements, checks and refusals as in service; a refused write is undone by a savepoint. It has
 * no fence, no journal and no retry, since nobody else writes there.
 */
import { Fault, isRefusal, type Json, refuse } from '#kernel';
import { randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import type { SystemModel } from '#model';
import { dateIn } from '#schema';
import type { Answer, Values } from '../connection/link.ts';
import { Link } from '../connection/link.ts';
import { type Statement, statement } from '../connection/statement.ts';
import { applySchema } from '../migrate/apply-schema.ts';
import type { Store } from '../open-store.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { cursorsOf } from '../read/cursor.ts';
import { type Reader, readerOver } from '../read/reader.ts';
import { settled, sqlRows } from '../write/sql-rows.ts';
import { openTransaction } from '../write/transaction.ts';

export interface EmptyStore {
  readonly store: Store;
  end(): Promise<void>;
}
export interface TrialDatabase {
  /** Makes the tables and views of a model where they are missing. */
  prepare(model: SystemModel): Promise<void>;
  /** A store without rows; `end` leaves nothing behind. `clock` is the example's own. */
  begin(prepared: Prepared, clock?: () => number): Promise<EmptyStore>;
  close(): Promise<void>;
}

const enter = statement("select set_config('theseus.caller', $1::text, true), set_config('theseus.today', $2::text, true)");
const base = `create schema if not exists theseus; create schema if not exists e; create schema if not exists v;
  create table if not exists theseus.approvals_of_rows (rule text not null, row uuid not null, by text not null, at timestamptz not null, amount numeric, primary key (rule, row))`;

/** `url` is of a login that owns the database; it must hold no rows that anyone wants. */
export async function openTrialDatabase(url: string): Promise<TrialDatabase> {
  const admin = new pg.Client({ connectionString: url });
  try {
    await admin.connect();
    await admin.query(base);
  } catch (cause) {
    throw new Fault('database-unavailable', 'The trial database cannot be prepared.', cause);
  } finally {
    await admin.end().catch(() => undefined);
  }
  const free: Link[] = [];
  const known = new WeakSet<SystemModel>();
  return {
    prepare: async (model) => {
      if (known.has(model)) return;
      await applySchema(url, model);
      known.add(model);
    },
    begin: async (_prepared, clock = Date.now) => {
      const link = free.pop() ?? (await Link.open(url, 'theseus trial'));
      return trialStore(link, clock, async () => {
        link.end();
        await link.command('rollback').catch(() => undefined);
        if (link.spent) await link.close();
        else free.push(link);
      });
    },
    close: async () => {
      await Promise.all(free.splice(0).map((link) => link.close()));
    },
  };
}

async function trialStore(link: Link, clock: () => number, end: () => Promise<void>): Promise<EmptyStore> {
  const cursors = cursorsOf('trial');
  const answers = new Map<string, { readonly body: string; readonly answer: string }>();
  await link.command('begin');
  /** One after another: a savepoint encloses what is sent after it. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(body: () => Promise<Value>): Promise<Value> => {
    const mine = last.then(body, body);
    last = mine.catch(() => undefined);
    return mine;
  };
  const entered = async (caller: string, timeZone: string, now: number, sent: Statement, values: Values): Promise<Answer> => {
    const [, answer] = await settled([link.run(enter, [caller, dateIn(timeZone, now)]), link.run(sent, values)]);
    return answer as Answer;
  };
  const readerFor = (prepared: Prepared): Reader =>
    readerOver(
      (call, sent, values) => inTurn(() => entered(call.caller.id, prepared.model.settings.timeZone, call.now, sent, values)),
      cursors,
    );
  const store: Store = {
    read: {
      get: (call, prepared, entity, id) => readerFor(prepared).get(call, prepared, entity, id),
      list: (call, prepared, entity, query) => readerFor(prepared).list(call, prepared, entity, query),
      view: (call, prepared, view, page) => readerFor(prepared).view(call, prepared, view, page),
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
        await settled([
          link.command('savepoint one_call'),
          link.run(enter, [call.caller.id, dateIn(prepared.model.settings.timeZone, call.now)]),
        ]);
        const back = async (): Promise<void> => {
          link.end();
          await settled([link.command('rollback to savepoint one_call'), link.command('release savepoint one_call')]);
        };
        try {
          const rows = sqlRows({
            call,
            prepared,
            cursors,
            careful: true,
            doom: () => undefined,
            send: (sent, values) => link.run(sent, values),
            command: (text) => link.command(text),
          });
          const value = await body(
            openTransaction({ call, prepared, rows, records: { journal: [], events: [] }, newId: () => randomUUIDv7() }),
          );
          await (isRefusal(value) ? back() : link.command('release savepoint one_call'));
          if (isRefusal(value)) return value;
          if (keyed !== undefined) answers.set(key, { body: keyed.body, answer: JSON.stringify((value ?? null) as Json) });
          return { value, replayed: false };
        } catch (error) {
          await back().catch(() => undefined);
          const sql = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
          if (sql === '22003' || sql === '22008' || sql === 'overflow')
            return refuse('invalid', 'A value or a value computed from it is too large to be exact.', {
              fields: { '': 'a number is too large' },
            });
          throw error;
        }
      }),
    close: async () => undefined,
  };
  return { store, end };
}
