/**
 * Stores without rows in a real PostgreSQL, for examples: each lives in one transaction that is never committed, so the next one
 * starts with none. The same statements, checks and refusals as in service; a refused write is undone by a savepoint. It has
 * no fence, no journal and no retry, since nobody else writes there.
 */
import { type Call, Fault, isRefusal, type Json, refuse, type Refusal } from '#kernel';
import { randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import type { SystemModel } from '#model';
import { dateIn } from '#schema';
import { Link } from '../connection/link.ts';
import { statement } from '../connection/statement.ts';
import { applySchemaOn } from '../migrate/apply-schema.ts';
import { readCatalog } from '../migrate/catalog.ts';
import { clashesOf, namesOf, plansOf } from '../migrate/derive-schema.ts';
import type { Store } from '../open-store.ts';
import { type Prepared, prepareModel } from '../prepare/prepare-model.ts';
import { cursorsOf } from '../read/cursor.ts';
import { type Reader, readerOver } from '../read/reader.ts';
import { sqlRows } from '../write/sql-rows.ts';
import { openTransaction, type WriteTransaction } from '../write/transaction.ts';

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
  /** What is there, by name, as far as this process has seen to it. */
  const known = new Set<string>();
  let owner: pg.Client | null = await openOwner(url, () => known.clear());
  let last: Promise<unknown> = Promise.resolve();
  const free: Link[] = [];
  const make = async (model: SystemModel): Promise<void> => {
    const needed = needsOf(model);
    if (needed.every((name) => known.has(name))) return;
    try {
      owner ??= await openOwner(url, () => known.clear());
      if (await dropOtherTypes(owner, model)) {
        known.clear();
        // Statements that were prepared over them have other types now.
        await Promise.all(free.splice(0).map((link) => link.close()));
      }
      await applySchemaOn(owner, model);
    } catch (cause) {
      const broken = owner;
      owner = null;
      await broken?.end().catch(() => undefined);
      throw cause;
    }
    for (const name of needed) known.add(name);
  };
  return {
    prepare: (model) => {
      const mine = last.then(
        () => make(model),
        () => make(model),
      );
      last = mine.catch(() => undefined);
      return mine;
    },
    begin: async (_prepared, clock = Date.now) => {
      const link = free.pop() ?? (await openLink(url));
      return trialStore(link, clock, async () => {
        link.end();
        // Whoever takes the connection next stands behind this on it.
        link.command('rollback').catch(() => undefined);
        if (link.spent) await link.close();
        else free.push(link);
      });
    },
    close: async () => {
      await last;
      await Promise.all([...free.splice(0).map((link) => link.close()), owner?.end().catch(() => undefined)]);
    },
  };
}

/** Each statement runs a few times over a few rows: planning it anew for each set of values would cost more than running it. */
async function openLink(url: string): Promise<Link> {
  const link = await Link.open(url, 'theseus trial');
  await link.command('set plan_cache_mode = force_generic_plan');
  return link;
}

/** Nothing here need outlive a crash of the server. What is known to be there is known no more when the connection is lost. */
async function openOwner(url: string, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'theseus trial', keepAlive: true });
  client.on('error', lost);
  client.on('end', lost);
  try {
    await client.connect();
    await client.query(`set synchronous_commit = off; ${base}`);
    return client;
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw new Fault('database-unavailable', 'The trial database cannot be prepared.', cause);
  }
}

/** Candidates that were never admitted may have used an id in another way, and no row here is worth keeping. */
async function dropOtherTypes(owner: pg.Client, model: SystemModel): Promise<boolean> {
  const clashes = clashesOf(model, await readCatalog(owner, namesOf(model)));
  const tables = new Set(clashes.map(({ plan }) => plan.table));
  if (tables.size > 0) await owner.query(`drop table ${[...tables].join(', ')} cascade`);
  return tables.size > 0;
}

/** Names of all that a model needs, columns among them. */
function needsOf(model: SystemModel): readonly string[] {
  const plans = plansOf(prepareModel(model));
  return [...namesOf(model).names, ...plans.flatMap((plan) => plan.tableColumns.map(({ name, type }) => `${plan.id}.${name} ${type}`))];
}

async function trialStore(link: Link, clock: () => number, end: () => Promise<void>): Promise<EmptyStore> {
  const cursors = cursorsOf('trial');
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
      value = await body(openTransaction({ call, prepared, rows, records: { journal: [], events: [] }, newId: () => randomUUIDv7() }));
    } catch (error) {
      back();
      throw error;
    }
    if (!isRefusal(value) && !doomed) {
      ahead('release savepoint one_call');
      return value;
    }
    back();
    return isRefusal(value) || careful ? value : once(call, prepared, body, true);
  }
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
    close: async () => undefined,
  };
  return { store, end };
}
