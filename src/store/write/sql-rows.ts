/**
 * Rows in PostgreSQL, within one transaction. Promises: what can be sent together goes in one round trip; what was just
 * written is not read again where the rules can say it from what is at hand, because a read of fresh index pages makes
 * concurrent writers of other rows conflict under SERIALIZABLE.
 */
import { hash } from 'node:crypto';
import { type ApprovalRule, type Call, canonicalJson, Fault, type Field, isRefusal, type PermanentId, type Refusal } from '#kernel';
import type { Answer, Values } from '../connection/link.ts';
import { type Statement, statement } from '../connection/statement.ts';
import { checksOf } from '../physical/checks.ts';
import { type CallerMember, conditionOnViews } from '../physical/formula-on-views.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { Cursors } from '../read/cursor.ts';
import { countRows, getRow, listRows } from '../read/reader.ts';
import { readView } from '../read/view.ts';
import type { PlainRow } from '../row.ts';
import { assessOf } from './assess.ts';
import { brokenPromise } from './broken-promise.ts';
import { filledAtHand, imageAtHand, keptAtHand, rowAtHand } from './at-hand.ts';
import { type Complete, type CompleteItem, same } from './complete.ts';
import { elsewhereOf, followsOf, neighbourIds, NotAtHand } from './neighbours.ts';
import { breakingStatement, promisingStatement } from './keeper-statements.ts';
import {
  fillRow,
  freezeRow,
  insertItems,
  insertRow,
  itemsJson,
  keepRow,
  neighbourQuestion,
  referrersStatement,
  removeItems,
  removeRow,
  rowValues,
  type Sending,
  theseAreThere,
  uniqueQuestion,
  updateRow,
  writeItems,
} from './row-statements.ts';
import type { Demands, RowImage, Rows, RowWritten } from './rows.ts';
import type { StoredRow, Tables } from './stored-row.ts';
import { dateIn } from '#schema';
import { keptOf, type World, worldOf } from './world.ts';

export interface SqlRowsOptions {
  readonly call: Call;
  readonly prepared: Prepared;
  readonly cursors: Cursors;
  /** Sends a statement of this transaction at once. */
  readonly send: (statement: Statement, values: Values) => Promise<Answer>;
  readonly command: (text: string) => Promise<Answer>;
  /** A refused write was sent already and is not undone by itself: the transaction must not be committed. */
  readonly doom: (refusal: Refusal) => void;
  /** Whether each write is to be undone by itself when it is refused. */
  readonly careful: boolean;
  /**
   * Runs a statement beside this transaction, on what is committed now: what must be unique is looked up there under a lock on the
   * value, so that the look-up conflicts with nobody. Left out where nobody else writes: it is then looked up inside.
   */
  readonly beside?: (statement: Statement, values: Values) => Promise<Answer>;
  /**
   * Leaves what may leave with the next statement, at the latest with the commit, for which alone it can fail; resolves when the fence is
   * passed. Left out where every write is to be answered by the database itself.
   */
  readonly hold?: (sendings: readonly Sending[]) => Promise<void>;
  /** A constraint of the database said no in this call before: what it holds of a row is asked of the rules before the row is sent. */
  readonly minding?: boolean;
  /** As `beside`, with the lock, on the transaction's own connection before it begins, which saves a trip; undefined once it has begun. */
  readonly beforehand?: (lock: Statement, keys: Values, statement: Statement, values: Values) => Promise<Answer> | undefined;
}

const approveStatement = statement(
  'insert into theseus.approvals_of_rows (rule, row, by, at, amount) values ($1, $2, $3, $4, $5) on conflict (rule, row) do update set by = excluded.by, at = excluded.at, amount = excluded.amount',
);

export function sqlRows(options: SqlRowsOptions): Rows {
  const { call, prepared, cursors, send, command } = options;
  const run = (_call: Call, sent: Statement, values: Values): Promise<Answer> => send(sent, values);

  /** Rows that this transaction read, and did not delete since. */
  const there = new Set<string>();
  const assess = async (plan: EntityPlan, id: string): Promise<RowImage | null> => {
    const { statement: text, decode } = assessOf(prepared, plan);
    const { rows } = await send(text, [id]);
    if (rows[0] === undefined) return null;
    there.add(`${plan.contract.id} ${id}`);
    return decode(rows[0]);
  };
  const today = dateIn(prepared.model.settings.timeZone, call.now);
  let points = 0;
  /** Values that must be unique of the rows that this transaction wrote, by entity, row and field; null: deleted. */
  let own = new Map<PermanentId, Map<string, { readonly [field: string]: unknown } | null>>();
  const wrote = (plan: EntityPlan, id: string, complete: Complete | null): void => {
    const unique = plan.contract.fields.filter((field) => field.unique);
    if (unique.length === 0) return;
    const rows = new Map(own.get(plan.contract.id) ?? []);
    rows.set(
      id,
      complete === null ? null : Object.fromEntries(unique.map((field) => [field.id, keptOf(field, complete.values[field.name])])),
    );
    own = new Map(own).set(plan.contract.id, rows);
  };
  const uniqueFaults = async (plan: EntityPlan, id: string, demands: Demands): Promise<Faults> => {
    const mine = own.get(plan.contract.id) ?? new Map<string, { readonly [field: string]: unknown } | null>();
    const question = uniqueQuestion(plan, demands, options.beside === undefined ? [id] : [id, ...mine.keys()]);
    if (question === undefined) return {};
    const { rows } = await lookedUp(
      question.statement,
      question.values,
      demands.unique.map(({ field, value }) => lockKey(plan, field, value)),
    );
    const taken = demands.unique.filter(
      ({ field, value }, index) =>
        rows[0]?.[index] === true ||
        [...mine].some(([other, values]) => other !== id && values !== null && same(values[field.id], keptOf(field, value))),
    );
    return Object.fromEntries(
      taken.map(({ field, value }) => [
        field.name,
        `must be unique: another ${plan.contract.name} has ${String(value).slice(0, 80)} already`,
      ]),
    );
  };
  const lookedUp = async (question: Statement, values: Values, keys: readonly string[]): Promise<Answer> => {
    if (options.beside === undefined) return send(question, values);
    const early = options.beforehand?.(lockSession, [keys], question, values);
    if (early !== undefined) return early;
    await send(lockValues, [keys]);
    return options.beside(question, values);
  };

  /** Sends all at once; what follows from it is computed here, or asked for where not enough is at hand. */
  const written = async (
    plan: EntityPlan,
    id: string,
    complete: Complete,
    demands: Demands,
    before: RowImage | null,
    sent: readonly Sending[],
  ): Promise<RowWritten> => {
    const early = await writtenAhead(plan, id, complete, demands, before, sent);
    if (early !== undefined) return early;
    const minded = options.minding === true ? mindedOf(plan, id, complete, before) : undefined;
    const follows = followsOf(prepared, plan);
    const mode = `at hand ${plan.contract.id} ${before === null}`;
    const trying = !prepared.once(`${mode} failed`, () => ({ failed: follows.beyond || (follows.related && before !== null) })).failed;
    const asked = new Map([...(trying ? neighbourIds(plan, follows, complete) : [])].map(([to, ids]) => [to, new Set(ids)]));
    for (const { to, id: wanted } of demands.references) asked.set(to, (asked.get(to) ?? new Set<string>()).add(wanted));
    const question = neighbourQuestion(prepared, asked, trying ? follows.neighbours : new Map());
    const unique = uniqueFaults(plan, id, demands);
    const [answered, faults, ...rest] = await settled([
      question === undefined ? Promise.resolve(undefined) : send(question.statement, question.values),
      unique,
      ...(minded === undefined ? sent : []).map((one) => send(one.statement, one.values)),
      ...(trying || minded !== undefined ? [] : [assess(plan, id)]),
    ]);
    if (minded === undefined) wrote(plan, id, complete);
    const found =
      question === undefined ? new Map<PermanentId, readonly (readonly unknown[])[]>() : question.found((answered as Answer).rows[0] ?? []);
    const seen = new Set([...found].flatMap(([to, rows]) => rows.map((row) => `${to} ${String(row[0])}`)));
    const missing = demands.references.filter((reference) => !seen.has(`${reference.to} ${reference.id}`));
    const all = {
      ...(faults as Faults),
      ...Object.fromEntries(
        missing.map(({ place, to, id: wanted }) => [place, `refers to a ${prepared.row(to).name} that is not there: ${wanted}`]),
      ),
    };
    if (minded !== undefined) return { faults: all, image: minded };
    if (trying) {
      try {
        const world = worldOf(
          prepared,
          noTables,
          today,
          elsewhereOf(prepared, asked, found, follows.neighbours, { of: plan.contract.id, id, fresh: before === null }),
        );
        return { faults: all, image: imageOf(plan, id, world, complete, before) };
      } catch (error) {
        if (!(error instanceof NotAtHand)) throw error;
        if (error.lasting) prepared.once(`${mode} failed`, () => ({ failed: false })).failed = true;
      }
    }
    const image = trying ? await assess(plan, id) : (rest.at(-1) as RowImage | null);
    if (image === null) throw new Fault('bug', `A row of ${plan.contract.name} was written and is not there.`);
    return { faults: all, image };
  };
  /** Where nobody has to be asked: what the rules say of the row is said at once, and the row leaves later. */
  const writtenAhead = async (
    plan: EntityPlan,
    id: string,
    complete: Complete,
    demands: Demands,
    before: RowImage | null,
    sent: readonly Sending[],
  ): Promise<RowWritten | undefined> => {
    const follows = followsOf(prepared, plan);
    if (options.hold === undefined || demands.unique.length > 0 || fills(plan, id, complete).length > 0) return undefined;
    if (follows.beyond || (follows.related && before !== null) || neighbourIds(plan, follows, complete).size > 0) return undefined;
    let image: RowImage;
    try {
      const elsewhere = elsewhereOf(prepared, new Map(), new Map(), follows.neighbours, {
        of: plan.contract.id,
        id,
        fresh: before === null,
      });
      image = imageOf(plan, id, worldOf(prepared, noTables, today, elsewhere), complete, before);
    } catch (error) {
      if (error instanceof NotAtHand) return undefined;
      throw error;
    }
    // What is refused in any case is not sent for the database to refuse.
    if (brokenPromise(plan, complete, image.broken, before) !== undefined) return { faults: {}, image };
    const asked = demands.references.filter((reference) => !there.has(`${reference.to} ${reference.id}`));
    await options.hold([...theseAreThere(prepared, asked), ...sent]);
    wrote(plan, id, complete);
    return { faults: {}, image };
  };
  /** The row as a refusal needs it, where it would break what the database holds it to, and be refused for that; else undefined. */
  const mindedOf = (plan: EntityPlan, id: string, complete: Complete, before: RowImage | null): RowImage | undefined => {
    const world = worldOf(prepared, noTables, today, nowhere);
    const rule = world.ruleRow(plan.contract.id, rowAtHand(plan, id, complete, before === null ? null : storedOf(plan, before)));
    const broken = new Set(
      prepared
        .once(`checks ${plan.contract.id}`, () => checksOf(prepared.model, plan.contract.id))
        .flatMap(({ invariant }) => (world.evaluate(invariant.holds, rule) === false ? [invariant.name] : [])),
    );
    if (brokenPromise(plan, complete, broken, before) === undefined) return undefined;
    return { row: { id, ...complete.values }, broken, following: new Set(), approvals: before?.approvals ?? [], kept: before?.kept ?? {} };
  };
  /** Fills what follows from the row alone before it is written; what is left is filled by the database. */
  const filled = (plan: EntityPlan, id: string, complete: Complete): Complete => {
    if (complete.fill.length === 0 && [...complete.lists.values()].every((items) => items.every((item) => item.fill.length === 0)))
      return complete;
    try {
      const made = filledAtHand(plan, worldOf(prepared, noTables, today, nowhere), id, complete);
      return {
        ...made,
        fill: [],
        lists: new Map([...made.lists].map(([list, items]) => [list, items.map((item) => ({ ...item, fill: [] }))])),
      };
    } catch (error) {
      if (error instanceof NotAtHand) return complete;
      throw error;
    }
  };
  const fills = (plan: EntityPlan, id: string, complete: Complete): readonly Sending[] => [
    ...plan.lists.flatMap(({ field, row }) => {
      const items = complete.lists.get(field) ?? [];
      const wanted = row.fields.filter((member) => items.some((item) => item.fill.includes(member)));
      return wanted.map((member) => ({
        statement: fillRow(prepared, row, member),
        values: [id, items.filter((item) => item.fill.includes(member)).map((item) => item.id)],
      }));
    }),
    ...complete.fill.map((field) => ({ statement: fillRow(prepared, plan.row, field), values: [id] })),
  ];

  return {
    load: assess,
    insert: (plan, id, given, demands, version = 1) => {
      const complete = filled(plan, id, given);
      return written(plan, id, complete, demands, null, [
        { statement: insertRow(prepared, plan), values: [id, version, ...rowValues(plan.row, complete.values)] },
        ...plan.lists.flatMap((list) => {
          const items = complete.lists.get(list.field) ?? [];
          return items.length === 0 ? [] : [insertItems(prepared, list, id, items)];
        }),
        ...fills(plan, id, complete),
      ]);
    },
    update: (plan, before, given, demands) => {
      const { id } = before.row;
      const complete = filled(plan, id, given);
      const lists = plan.lists.flatMap((list) => {
        if (!complete.changed.has(list.field.name)) return [];
        const old = (before.row[list.field.name] ?? []) as readonly PlainRow[];
        const items = complete.lists.get(list.field) ?? [];
        const changed = items.map((item, position) => ({ item, position })).filter(({ item, position }) => differs(item, position, old));
        const stay = items.map((item) => item.id);
        const gone = old.some((item) => !stay.includes(item.id));
        return [
          ...(gone ? [{ statement: removeItems(prepared, list), values: [id, stay] }] : []),
          ...(changed.length === 0 ? [] : [{ statement: writeItems(prepared, list), values: [id, itemsJson(list, changed)] }]),
        ];
      });
      return written(plan, id, complete, demands, before, [
        { statement: updateRow(prepared, plan), values: [id, Number(before.row.version) + 1, ...rowValues(plan.row, complete.values)] },
        ...lists,
        ...fills(plan, id, complete),
        ...(before.following.size === 0
          ? []
          : freezeRow(prepared, plan, before.following).map((freeze) => ({ statement: freeze, values: [id] }))),
      ]);
    },
    remove: async (plan, before) => {
      const { id } = before.row;
      const asked = referrersStatement(prepared, plan);
      const [users] = await settled([
        asked === undefined ? Promise.resolve(undefined) : send(asked, [id]),
        ...plan.lists.map((list) => send(removeItems(prepared, list), [id, []])),
        send(removeRow(prepared, plan), [id]),
      ]);
      wrote(plan, id, null);
      there.delete(`${plan.contract.id} ${id}`);
      return ((users as Answer | undefined)?.rows ?? []).map((row) => String(row[0]));
    },
    keep: async (plan, id, values) => {
      const sent = keepRow(prepared, plan, id, values);
      if (sent !== undefined) await send(sent.statement, sent.values);
    },
    holds: async (plan, id, conditions) => {
      const values: string[] = [id];
      const asked = new Map<CallerMember, string>();
      const caller = (member: CallerMember): string => {
        const known = asked.get(member) ?? `$${values.push(call.caller[member])}::text`;
        asked.set(member, known);
        return known;
      };
      const wanted = conditions.map((condition) => `(${conditionOnViews(prepared, condition, 'o', caller)}) is true`);
      const { rows } = await send(statement(`select ${wanted.join(', ')} from ${plan.row.view} o where o.id = $1`), values);
      return wanted.map((_condition, at) => rows[0]?.[at] === true);
    },
    saveApproval: async (rule: ApprovalRule, id, amount) => {
      await send(approveStatement, [rule.id, id, call.caller.id, new Date(call.now).toISOString(), amount]);
    },
    get: (entity, id, sight) => getRow(run, call, prepared, entity, id, sight),
    list: (entity, query, sight) => listRows(run, call, prepared, entity, query, cursors, sight),
    count: (entity, asked, sight) => countRows(run, call, prepared, entity, asked, sight),
    view: (view, page, sight) => readView(run, call, prepared, view, page, cursors, sight),
    promising: async (keeper, { id, start }, most) =>
      (await send(promisingStatement(prepared, keeper), [start, id, most])).rows.map((row) => ({
        id: String(row[0]),
        broken: row[1] === true,
      })),
    breaking: async (keeper, { id, start }, { also, without, all }) => {
      const { rows } = await send(breakingStatement(prepared, keeper), [start, id, also, without, all]);
      return rows[0] === undefined ? undefined : String(rows[0][0]);
    },
    undoable: async (body) => {
      if (!options.careful) {
        const result = await body();
        if (isRefusal(result)) options.doom(result);
        return result;
      }
      const before = own;
      // One may stand around another, which is tried within it.
      const name = `write_${(points += 1)}`;
      const point = command(`savepoint ${name}`);
      const [, result] = await settled([point, body()]);
      if (isRefusal(result)) own = before;
      await command(isRefusal(result) ? `rollback to savepoint ${name}` : `release savepoint ${name}`);
      return result as Awaited<ReturnType<typeof body>>;
    },
  };
}

/** What the rules say of the row once `complete` is written. */
function imageOf(plan: EntityPlan, id: string, world: World, complete: Complete, before: RowImage | null): RowImage {
  const stored = before === null ? null : storedOf(plan, before);
  const made = rowAtHand(
    plan,
    id,
    complete.fill.length === 0 && before !== null ? complete : filledAtHand(plan, world, id, complete),
    stored,
  );
  const row = before === null ? made : keptAtHand(plan, world, made, before.following);
  const approvals = before?.approvals ?? [];
  return imageAtHand(
    plan,
    world,
    row,
    (rule) => approvals.filter((state) => state.rule.id === rule && state.approved).map((state) => ({ amount: state.approvedAmount }))[0],
  );
}

function differs(item: CompleteItem, position: number, old: readonly PlainRow[]): boolean {
  const before = old[position];
  return (
    before?.id !== item.id ||
    !Object.entries(item.values).every(([name, value]) => same(value, before[name] ?? null)) ||
    item.fill.length > 0
  );
}

/** The row as it is kept, from its image. */
function storedOf(plan: EntityPlan, image: RowImage): StoredRow {
  const { fields } = plan.contract;
  const values = Object.fromEntries(
    fields.flatMap((field) =>
      field.derived === undefined && field.type.kind !== 'list' ? [[field.id, keptOf(field, image.row[field.name])]] : [],
    ),
  );
  return { id: image.row.id, version: Number(image.row.version), values, kept: image.kept, lists: {} };
}
export const noTables: Tables = { get: () => undefined, all: () => [], set: () => undefined, delete: () => undefined, writes: 0 };
const nowhere = {
  follow: (): never => {
    throw new NotAtHand('another row');
  },
  related: (): never => {
    throw new NotAtHand('rows that refer to this one');
  },
};

type Faults = { readonly [place: string]: string };
/** Values that must be unique are locked in one order, so that two calls never wait for each other. */
export const lockSession: Statement = statement(
  'select pg_advisory_lock(k) from (select k from unnest($1::bigint[]) as k order by k) as keys',
);
const lockValues = statement('select pg_advisory_xact_lock(k) from (select k from unnest($1::bigint[]) as k order by k) as keys');
export const UNLOCK = 'select pg_advisory_unlock_all()';
export function lockKey(plan: EntityPlan, field: Field, value: unknown): string {
  return hash('sha256', canonicalJson([plan.contract.id, field.id, keptOf(field, value)]), 'buffer')
    .readBigInt64BE(0)
    .toString();
}

/** Waits for all, so that no answer is left behind on the wire; throws the first failure. */
export async function settled(promises: readonly Promise<unknown>[]): Promise<unknown[]> {
  const results = await Promise.allSettled(promises);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
}
