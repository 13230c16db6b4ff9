/**
 * Rows in PostgreSQL, within one transaction. Promises: what can be sent together goes in one round trip: the checks, the
 * write, the formulas and the image after it. Within a SERIALIZABLE transaction a check sees what the commit will see.
 */
import { type ApprovalRule, type Call, isRefusal, type Refusal } from '#kernel';
import type { Answer, Values } from '../connection/link.ts';
import { type Statement, statement } from '../connection/statement.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { Cursors } from '../read/cursor.ts';
import { getRow, listRows } from '../read/reader.ts';
import { readView } from '../read/view.ts';
import type { PlainRow } from '../row.ts';
import { assessOf } from './assess.ts';
import { type Complete, type CompleteItem, same } from './complete.ts';
import { demandStatement, fillRow, freezeRow, insertRow, itemsJson, referrersStatement, removeItems, removeRow, rowValues, updateRow, writeItems } from './row-statements.ts';
import type { Demands, RowImage, Rows, RowWritten } from './rows.ts';
import { Fault } from '#kernel';

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
}

const approveStatement = statement(
  'insert into theseus.approvals_of_rows (rule, row, by, at, amount) values ($1, $2, $3, $4, $5) on conflict (rule, row) do update set by = excluded.by, at = excluded.at, amount = excluded.amount',
);

export function sqlRows(options: SqlRowsOptions): Rows {
  const { call, prepared, cursors, send, command } = options;
  const run = (_call: Call, sent: Statement, values: Values): Promise<Answer> => send(sent, values);

  const assess = async (plan: EntityPlan, id: string): Promise<RowImage | null> => {
    const { statement: text, decode } = assessOf(prepared, plan);
    const { rows } = await send(text, [id]);
    return rows[0] === undefined ? null : decode(rows[0]);
  };
  /** Sends all at once and waits for all; the first that failed is the failure. */
  const written = async (plan: EntityPlan, id: string, demands: Demands, sent: (() => Promise<Answer>)[]): Promise<RowWritten> => {
    const demand = demandStatement(prepared, plan, demands, id);
    const asked = demand === undefined ? undefined : send(demand.statement, demand.values);
    const [checked, ...others] = await settled([asked ?? Promise.resolve(undefined), ...sent.map((one) => one()), assess(plan, id)]);
    const image = others.at(-1) as RowImage | null;
    if (image === null) throw new Fault('bug', `A row of ${plan.contract.name} was written and is not there.`);
    const answer = checked as Answer | undefined;
    return { faults: demand === undefined || answer?.rows[0] === undefined ? {} : demand.faults(answer.rows[0]), image };
  };
  const fills = (plan: EntityPlan, id: string, complete: Complete): (() => Promise<Answer>)[] => [
    ...plan.lists.flatMap(({ field, row }) => {
      const items = complete.lists.get(field) ?? [];
      const wanted = row.fields.filter((member) => items.some((item) => item.fill.includes(member)));
      return wanted.map((member) => () => send(fillRow(prepared, row, member), [id, items.filter((item) => item.fill.includes(member)).map((item) => item.id)]));
    }),
    ...complete.fill.map((field) => () => send(fillRow(prepared, plan.row, field), [id])),
  ];

  return {
    load: assess,
    insert: (plan, id, complete, demands) =>
      written(plan, id, demands, [
        () => send(insertRow(prepared, plan), [id, 1, ...rowValues(plan.row, complete.values)]),
        ...plan.lists.flatMap((list) => {
          const items = (complete.lists.get(list.field) ?? []).map((item, position) => ({ item, position }));
          return items.length === 0 ? [] : [() => send(writeItems(prepared, list), [id, itemsJson(list, items)])];
        }),
        ...fills(plan, id, complete),
      ]),
    update: (plan, before, complete, demands) => {
      const { id } = before.row;
      const lists = plan.lists.flatMap((list) => {
        if (!complete.changed.has(list.field.name)) return [];
        const old = (before.row[list.field.name] ?? []) as readonly PlainRow[];
        const items = complete.lists.get(list.field) ?? [];
        const changed = items.map((item, position) => ({ item, position })).filter(({ item, position }) => differs(item, position, old));
        const stay = items.map((item) => item.id);
        const gone = old.some((item) => !stay.includes(item.id));
        return [
          ...(gone ? [() => send(removeItems(prepared, list), [id, stay])] : []),
          ...(changed.length === 0 ? [] : [() => send(writeItems(prepared, list), [id, itemsJson(list, changed)])]),
        ];
      });
      return written(plan, id, demands, [
        () => send(updateRow(prepared, plan), [id, Number(before.row.version) + 1, ...rowValues(plan.row, complete.values)]),
        ...lists,
        ...fills(plan, id, complete),
        ...(before.following.size === 0 ? [] : freezeRow(prepared, plan, before.following).map((freeze) => () => send(freeze, [id]))),
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
      return ((users as Answer | undefined)?.rows ?? []).map((row) => String(row[0]));
    },
    saveApproval: async (rule: ApprovalRule, id, amount) => {
      await send(approveStatement, [rule.id, id, call.caller.id, new Date(call.now).toISOString(), amount]);
    },
    get: (entity, id) => getRow(run, call, prepared, entity, id, true),
    list: (entity, query) => listRows(run, call, prepared, entity, query, cursors, true),
    view: (view, page) => readView(run, call, prepared, view, page, cursors),
    undoable: async (body) => {
      if (!options.careful) {
        const result = await body();
        if (isRefusal(result)) options.doom(result);
        return result;
      }
      const point = command('savepoint one_write');
      const [, result] = await settled([point, body()]);
      await command(isRefusal(result) ? 'rollback to savepoint one_write' : 'release savepoint one_write');
      return result as Awaited<ReturnType<typeof body>>;
    },
  };
}

function differs(item: CompleteItem, position: number, old: readonly PlainRow[]): boolean {
  const before = old[position];
  return before?.id !== item.id || !Object.entries(item.values).every(([name, value]) => same(value, before[name] ?? null)) || item.fill.length > 0;
}

/** Waits for all, so that no answer is left behind on the wire; throws the first failure. */
export async function settled(promises: readonly Promise<unknown>[]): Promise<unknown[]> {
  const results = await Promise.allSettled(promises);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
}
