/**
 * A store in memory: for mutants and properties, where a thousand runs a second matter and nothing needs to last. Passes the
 * conformance suite of the store on PostgreSQL. Writes follow one another; a read sees what was committed.
 */
import { randomUUIDv7 } from 'node:crypto';
import { type Call, type Expression, Fault, isRefusal, isRowId, type Json, type PermanentId, refuse } from '#kernel';
import { FencedOut } from '../fenced-out.ts';
import type { Store } from '../open-store.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { cursorsOf } from '../read/cursor.ts';
import { readForbidden } from '../rights.ts';
import type { PlainRow } from '../row.ts';
import { shownRow, sightOf } from '../sight.ts';
import { dateIn } from '#schema';
import { type Emitted, emptyRecords, openTransaction, type Recorded } from '../write/transaction.ts';
import { isSeenRow, type Lister, listerOf } from './memory-read.ts';
import { type Approvals, memoryRows } from './memory-rows.ts';
import { BaseTables, LayerTables } from './memory-tables.ts';
import { unkeptIn } from './memory-unkept.ts';
import { mostCovered } from '../read/covered.ts';
import { type World, worldOf } from '../write/world.ts';
import { notFound } from '../read/running.ts';

export interface MemoryStore extends Store {
  readonly journal: readonly Recorded[];
  readonly outbox: readonly Emitted[];
  /** Rows of which all of `given` hold, and `holds` does not. A value that is too large to be exact says nothing. */
  unmet(
    prepared: Prepared,
    now: Call['now'],
    statement: { readonly entity: PermanentId; readonly given: readonly Expression[]; readonly holds: Expression },
  ): readonly PlainRow[];
  /** From now on writes for this activation are fenced out. */
  close(activation?: number): Promise<void>;
}

/** `clock` in milliseconds since 1970, for deadlines; `prepared` may be another one with each call, as generations change. */
export function memoryStore(_prepared?: Prepared, clock: () => number = Date.now, newId: () => string = () => randomUUIDv7()): MemoryStore {
  const base = new BaseTables();
  const approvals: Approvals = new Map();
  const journal: Recorded[] = [];
  const outbox: Emitted[] = [];
  const closed = new Set<number>();
  const answers = new Map<string, { readonly body: string; readonly answer: string }>();
  const cursors = cursorsOf('memory');
  const listers = new WeakMap<Prepared, Lister>();
  const lister = (prepared: Prepared): Lister => {
    const known = listers.get(prepared) ?? listerOf(prepared, cursors);
    listers.set(prepared, known);
    return known;
  };
  const worldFor = (call: Call, prepared: Prepared): World => worldOf(prepared, base, dateIn(prepared.model.settings.timeZone, call.now));
  let last: Promise<unknown> = Promise.resolve();

  const writeOnce: Store['write'] = async (call, prepared, options, body) => {
    if (closed.has(call.activation)) throw new FencedOut(call.activation);
    if (clock() >= call.deadline)
      return refuse('deadline', 'This call could not be finished before its deadline. Nothing was changed; try again.', { tries: 1 });
    const keyed = options.idempotency;
    const key = keyed === undefined ? '' : JSON.stringify([call.caller.id, keyed.operation, keyed.key]);
    const stored = keyed === undefined ? undefined : answers.get(key);
    if (stored !== undefined) {
      if (stored.body !== keyed?.body)
        return refuse(
          'idempotency-mismatch',
          'This Idempotency-Key was used before with another request. Use a new key for a new request.',
        );
      return { value: JSON.parse(stored.answer) as never, replayed: true };
    }
    const tables = new LayerTables(base);
    const layered: Approvals = new Map(approvals);
    const world = worldOf(prepared, tables, dateIn(prepared.model.settings.timeZone, call.now));
    const rows = memoryRows({ call, prepared, world, tables, approvals: layered, lister: lister(prepared) });
    const records = emptyRecords();
    try {
      const value = await body(openTransaction({ call, prepared, rows, records, newId }));
      if (isRefusal(value)) return value;
      tables.commit();
      for (const [name, approval] of layered) approvals.set(name, approval);
      journal.push(...records.journal);
      outbox.push(...records.events);
      if (keyed !== undefined) answers.set(key, { body: keyed.body, answer: JSON.stringify((value ?? null) as Json) });
      return { value, replayed: false };
    } catch (error) {
      if (error instanceof Fault && error.code === 'overflow')
        return refuse('invalid', 'A value or a value computed from it is too large to be exact.', {
          fields: { '': 'a number is too large' },
        });
      throw error;
    }
  };

  return {
    journal,
    outbox,
    read: {
      get: async (call, prepared, entity, id) => {
        const forbidden = readForbidden(prepared.model, call.caller);
        if (forbidden !== undefined) return forbidden;
        const plan = prepared.entity(entity);
        const row = isRowId(id) ? base.get(entity, id) : undefined;
        if (row === undefined) return notFound(plan.contract.name, id);
        const world = worldFor(call, prepared);
        const sight = sightOf(prepared, call.caller, { by: 'read' });
        if (!isSeenRow(world, entity, row, sight, call)) return notFound(plan.contract.name, id);
        return shownRow(plan.contract.fields, world.plain(entity, row), sight.hidden);
      },
      list: async (call, prepared, entity, query) =>
        readForbidden(prepared.model, call.caller) ??
        lister(prepared).list(worldFor(call, prepared), entity, query, sightOf(prepared, call.caller, { by: 'read' }), call),
      view: async (call, prepared, view, page = {}) =>
        readForbidden(prepared.model, call.caller) ??
        lister(prepared).view(worldFor(call, prepared), view, page, sightOf(prepared, call.caller, { by: 'read' }), call),
      unkept: async (call, prepared, entity, demand, titled) => {
        const world = worldFor(call, prepared);
        const rows = [...base.all(entity)].sort((a, b) => (a.id < b.id ? -1 : 1)).map((row) => world.plain(entity, row));
        const { contract } = prepared.entity(entity);
        return unkeptIn(rows, contract, demand, titled, prepared.model.settings.currency.digits);
      },
      covered: async (call, prepared, entity, holds) => {
        const world = worldFor(call, prepared);
        const all = [...base.all(entity)].sort((a, b) => (a.id < b.id ? 1 : -1));
        const looked = all.slice(0, mostCovered);
        return {
          rows: looked.filter((row) => world.evaluate(holds, world.ruleRow(entity, row)) === true).length,
          of: looked.length,
          newest: all.length > looked.length,
        };
      },
    },
    write: (call, prepared, options, body) => {
      const mine = last.then(() => writeOnce(call, prepared, options, body));
      last = mine.catch(() => undefined);
      return mine;
    },
    unmet: (prepared, now, { entity, given, holds }) => {
      const world = worldOf(prepared, base, dateIn(prepared.model.settings.timeZone, now));
      const says = (row: object, of: Expression): boolean | undefined => {
        try {
          return world.evaluate(of, row) !== false;
        } catch (error) {
          if (error instanceof Fault && error.code === 'overflow') return undefined;
          throw error;
        }
      };
      return [...base.all(entity)].flatMap((row) => {
        const rule = world.ruleRow(entity, row);
        return given.every((one) => says(rule, one) === true) && says(rule, holds) === false ? [world.plain(entity, row)] : [];
      });
    },
    file: async () => null,
    close: async (activation) => {
      if (activation !== undefined) closed.add(activation);
    },
  };
}
