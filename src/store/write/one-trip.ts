/**
 * A write that is one new row, sent whole: checks, rows, records and COMMIT in one trip. The checks are SQL that fails, so that nothing
 * behind a failed one is run. Promises: it commits what the long way would commit, or nothing, and then the long way is gone,
 * which alone says why. Taken where the row, its lists and the being there of what it refers to are all that the rules ask for.
 */
import { type Call, isRefusal, type Json, type Refusal } from '#kernel';
import { dateIn } from '#schema';
import { asFault, sqlState } from '../connection/faults.ts';
import type { Answer, Link, Values } from '../connection/link.ts';
import { type Statement, statement } from '../connection/statement.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { filledAtHand, imageAtHand, rowAtHand } from './at-hand.ts';
import { sendBegin } from './begin.ts';
import { elsewhereOf, followsOf, neighbourIds, NotAtHand } from './neighbours.ts';
import { recordStatement, recordValues } from './record.ts';
import { insertRow, itemsJson, rowValues, uniqueParts, writeItems } from './row-statements.ts';
import type { Demands, Rows } from './rows.ts';
import { lockKey, lockSession, noTables, UNLOCK } from './sql-rows.ts';
import { openTransaction, type Records, type WriteTransaction } from './transaction.ts';
import { worldOf } from './world.ts';

interface Sending {
  readonly statement: Statement;
  readonly values: Values;
}
interface Planned {
  readonly sendings: Sending[];
  /** What must be unique: the keys to lock, and a question that sets `theseus.free` where nobody has it. */
  unique?: { readonly keys: readonly string[]; readonly free: Sending };
}
export type OneTrip<Value> = { readonly value: Value } | 'unplanned' | 'lost';

/** `token` names this try and no other. */
export async function oneTrip<Value>(
  link: Link,
  call: Call,
  prepared: Prepared,
  key: { readonly operation: string; readonly key: string; readonly body: string } | undefined,
  left: number,
  newId: () => string,
  body: (tx: WriteTransaction) => Promise<Value | Refusal>,
): Promise<OneTrip<Value>> {
  const known = prepared.once(`one trip ${call.component}`, () => ({ never: false }));
  if (known.never) return 'unplanned';
  const planned: Planned = { sendings: [] };
  const records: Records = { journal: [], events: [] };
  const token = newId();
  let value: Value | Refusal;
  try {
    value = await body(openTransaction({ call, prepared, rows: plannedRows(call, prepared, planned, token), records, newId }));
  } catch (cause) {
    if (cause instanceof NotAtHand && cause.lasting) known.never = true;
    return 'unplanned';
  }
  if (isRefusal(value) || planned.sendings.length === 0) return 'unplanned';

  const { unique } = planned;
  if (unique !== undefined)
    for (const sent of [link.run(lockSession, [unique.keys]), link.run(unique.free.statement, unique.free.values)]) sent.catch(ignored);
  const { locks, entered } = sendBegin(link, call, prepared, left, { free: unique === undefined ? '' : token });
  const sent = [...locks, entered, ...planned.sendings.map(({ statement: text, values }) => link.run(text, values))];
  sent.push(
    link.run(
      recordStatement(key !== undefined, records),
      recordValues(call, prepared, records, key === undefined ? undefined : { ...key, answer: value as Json }),
    ),
  );
  for (const one of sent) one.catch(ignored);
  const committing = link.command('commit');
  link.end();
  if (unique !== undefined) link.command(UNLOCK).catch(ignored);
  const failure = await outcome(committing);
  if (failure === undefined) return { value };
  const causes = await Promise.all(
    sent.map((one) =>
      one.then(
        () => undefined,
        (cause: unknown) => cause,
      ),
    ),
  );
  const first = causes.find((cause) => cause !== undefined) ?? failure;
  // Only what surely did not commit may be done again.
  if (link.broken || sqlState(failure) === undefined || sqlState(failure)?.startsWith('57P') === true) throw asFault(failure, true);
  await link.command('rollback');
  return sqlState(first) === '40001' || sqlState(first) === '40P01' ? 'lost' : 'unplanned';
}
const ignored = (): void => undefined;
const outcome = (committing: Promise<Answer>): Promise<unknown> =>
  committing.then(
    ({ command }) =>
      command === 'COMMIT' ? undefined : Object.assign(new Error(`a commit was answered by ${command}`), { code: '25P02' }),
    (cause: unknown) => cause,
  );

/** Notes what is to be sent for one new row; whatever else is asked of it is not at hand. */
function plannedRows(call: Call, prepared: Prepared, planned: Planned, token: string): Rows {
  const beyond = async (): Promise<never> => {
    throw new NotAtHand('what a write of one new row does not read');
  };
  return {
    load: beyond,
    update: beyond,
    remove: beyond,
    saveApproval: beyond,
    get: beyond,
    list: beyond,
    view: beyond,
    undoable: (body) => body(),
    insert: async (plan, id, given, demands) => {
      const follows = followsOf(prepared, plan);
      if (planned.sendings.length > 0 || neighbourIds(plan, follows, given).size > 0) throw new NotAtHand('a neighbour of the row');
      const today = dateIn(prepared.model.settings.timeZone, call.now);
      const world = worldOf(
        prepared,
        noTables,
        today,
        elsewhereOf(prepared, new Map(), new Map(), follows.neighbours, { of: plan.contract.id, id, fresh: true }),
      );
      const complete = filledAtHand(plan, world, id, given);
      planned.sendings.push(...theseAreThere(prepared, demands), {
        statement: insertRow(prepared, plan),
        values: [id, 1, ...rowValues(plan.row, complete.values)],
      });
      for (const list of plan.lists) {
        const items = (complete.lists.get(list.field) ?? []).map((item, position) => ({ item, position }));
        if (items.length > 0) planned.sendings.push({ statement: writeItems(prepared, list), values: [id, itemsJson(list, items)] });
      }
      const unique = nobodyHas(plan, id, demands, token);
      if (unique !== undefined) planned.unique = unique;
      return { faults: {}, image: imageAtHand(plan, world, rowAtHand(plan, id, complete, null), () => undefined) };
    },
  };
}

/** Fails where one of the rows that are referred to is not there. */
function theseAreThere(prepared: Prepared, demands: Demands): readonly Sending[] {
  const wanted = new Map<Demands['references'][number]['to'], Set<string>>();
  for (const { to, id } of demands.references) wanted.set(to, (wanted.get(to) ?? new Set<string>()).add(id));
  return [...wanted].map(([to, ids]) => ({
    statement: prepared.statement(
      `there ${to}`,
      () => `select 1 / (case when count(*) = $2::bigint then 1 else 0 end) from ${prepared.row(to).view} t where t.id = any($1::uuid[])`,
    ),
    values: [[...ids], ids.size],
  }));
}

function nobodyHas(plan: EntityPlan, id: string, demands: Demands, token: string): Planned['unique'] {
  const { parts, values } = uniqueParts(plan, demands, [id]);
  if (parts.length === 0) return undefined;
  const text = `select set_config('theseus.free', case when ${parts.join(' or ')} then '' else $${values.length + 1}::text end, false)`;
  return {
    keys: demands.unique.map(({ field, value }) => lockKey(plan, field, value)),
    free: { statement: statement(text), values: [...values, token] },
  };
}
