/**
 * A write that is one new row, worked out ahead: what is to be sent for it, checks included, and what its call answers. Pure but for
 * new ids. Taken where the row, its lists and the being there of what it refers to are all that the rules ask for; nothing else is planned.
 */
import { type Call, isRefusal, type Json, type Refusal } from '#kernel';
import { dateIn } from '#schema';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { filledAtHand, imageAtHand, rowAtHand } from './at-hand.ts';
import { elsewhereOf, followsOf, neighbourIds, NotAtHand } from './neighbours.ts';
import { recordStatement, recordValues } from './record.ts';
import { insertItems, insertRow, rowValues, type Sending, takenStatement, theseAreThere } from './row-statements.ts';
import type { Demands, Rows } from './rows.ts';
import { lockKey, noTables } from './sql-rows.ts';
import { emptyRecords, openTransaction, type WriteTransaction } from './transaction.ts';
import { worldOf } from './world.ts';

export interface PlannedTrip<Value> {
  readonly value: Value;
  /** The row, its lists, and its records, behind checks that fail where something is not there. */
  readonly sendings: readonly Sending[];
  /** The locks of the values that must be unique, and questions outside of the transaction that take the leave of this trip away. */
  readonly keys: readonly string[];
  readonly taken: readonly Sending[];
  /** The idempotency key, with what it stands under. */
  readonly once: string | undefined;
}
export interface KeyOfCall {
  readonly operation: string;
  readonly key: string;
  readonly body: string;
}
/** Where the rules asked for more than is at hand, so many calls are not planned: they most likely would ask for it too. */
const SKIPPED = 200;

interface Noted {
  readonly sendings: Sending[];
  /** Of the one row, once it is there. */
  demands?: { readonly plan: EntityPlan; readonly demands: Demands };
}

/** `undefined`: it has to go the long way, which says why. */
export async function planTrip<Value>(
  call: Call,
  prepared: Prepared,
  key: KeyOfCall | undefined,
  newId: () => string,
  body: (tx: WriteTransaction) => Promise<Value | Refusal>,
): Promise<PlannedTrip<Value> | undefined> {
  const known = prepared.once(`one trip ${call.component}`, () => ({ skip: 0 }));
  if (known.skip > 0) {
    known.skip -= 1;
    return undefined;
  }
  const noted: Noted = { sendings: [] };
  const records = emptyRecords();
  let value: Value | Refusal;
  try {
    value = await body(openTransaction({ call, prepared, rows: plannedRows(call, prepared, noted), records, newId }));
  } catch (cause) {
    if (cause instanceof NotAtHand && cause.lasting) known.skip = SKIPPED;
    return undefined;
  }
  if (isRefusal(value) || noted.demands === undefined) return undefined;
  const { plan, demands } = noted.demands;
  const record = {
    statement: recordStatement(key !== undefined, records),
    values: recordValues(call, prepared, records, key === undefined ? undefined : { ...key, answer: value as Json }),
  };
  return {
    value,
    sendings: [...noted.sendings, record],
    keys: demands.unique.map(({ field, value: wanted }) => lockKey(plan, field, wanted)),
    taken: demands.unique.map(({ field, value: wanted }) => takenStatement(prepared, plan, field, wanted)),
    once: key === undefined ? undefined : `${call.caller.id} ${key.operation} ${key.key}`,
  };
}

/** Notes what is to be sent for one new row; whatever else is asked of it is not at hand. */
function plannedRows(call: Call, prepared: Prepared, noted: Noted): Rows {
  const beyond = async (): Promise<never> => {
    throw new NotAtHand('what a write of one new row does not read');
  };
  return {
    load: beyond,
    update: beyond,
    remove: beyond,
    keep: beyond,
    holds: beyond,
    saveApproval: beyond,
    get: beyond,
    list: beyond,
    count: beyond,
    view: beyond,
    promising: beyond,
    breaking: beyond,
    undoable: (body) => body(),
    insert: async (plan, id, given, demands) => {
      const follows = followsOf(prepared, plan);
      if (noted.demands !== undefined || neighbourIds(plan, follows, given).size > 0) throw new NotAtHand('a neighbour of the row');
      const today = dateIn(prepared.model.settings.timeZone, call.now);
      const world = worldOf(
        prepared,
        noTables,
        today,
        elsewhereOf(prepared, new Map(), new Map(), follows.neighbours, { of: plan.contract.id, id, fresh: true }),
      );
      const complete = filledAtHand(plan, world, id, given);
      noted.demands = { plan, demands };
      noted.sendings.push(...theseAreThere(prepared, demands.references), {
        statement: insertRow(prepared, plan),
        values: [id, 1, ...rowValues(plan.row, complete.values)],
      });
      for (const list of plan.lists) {
        const items = complete.lists.get(list.field) ?? [];
        if (items.length > 0) noted.sendings.push(insertItems(prepared, list, id, items));
      }
      return { faults: {}, image: imageAtHand(plan, world, rowAtHand(plan, id, complete, null), () => undefined) };
    },
  };
}
