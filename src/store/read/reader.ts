/**
 * Reads of committed rows: one statement each, lists of items included, with everything that guards and filters in its WHERE.
 * What the caller may not see is not in the statement. Writes nothing, and sees only what is committed.
 */
import {
  type Call,
  canonicalJson,
  type Expression,
  Fault,
  type Json,
  type PermanentId,
  type Refusal,
  refuse,
  isRowId,
  type ViewContract,
} from '#kernel';
import { type Demand, digestOf } from '#model';
import { sqlState } from '../connection/faults.ts';
import { chosenStatement, statement } from '../connection/statement.ts';
import { defaultLimit, type ListQuery, mostRows, type Page, type RowsAsked } from '../list-query.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { readForbidden } from '../rights.ts';
import type { PlainRow } from '../row.ts';
import { invalid, noFaults } from '../invalid.ts';
import { afterCondition, filterConditions, orderBy, Parameters, searchConditions, sortingOf } from './conditions.ts';
import { type Covered, readCovered } from './covered.ts';
import type { Cursors } from './cursor.ts';
import { groupedColumns } from './grouped-columns.ts';
import { badCursor, notFound, type RunStatement } from './running.ts';
import { type Sight, sightOf } from '../sight.ts';
import { seenRows } from './seen-rows.ts';
import { selectList } from './select-list.ts';
import { readUnkept, type Unkept } from './unkept.ts';
import { readView, type ViewPage } from './view.ts';

export interface Reader {
  get(call: Call, prepared: Prepared, entity: PermanentId, id: string): Promise<PlainRow | Refusal>;
  list(call: Call, prepared: Prepared, entity: PermanentId, query: ListQuery): Promise<RowPage | Refusal>;
  view(
    call: Call,
    prepared: Prepared,
    view: ViewContract,
    page?: { readonly cursor?: string; readonly limit?: number },
  ): Promise<Page | Refusal>;
  /** Rows that do not meet what is newly asked of a field; `titled`: with the titles of a few. All rows are asked, whoever may see them. */
  unkept(call: Call, prepared: Prepared, entity: PermanentId, demand: Demand, titled: boolean): Promise<Unkept | Refusal>;
  /** For how many rows a condition holds that reads nothing sensitive. All rows are asked, whoever may see them. */
  covered(call: Call, prepared: Prepared, entity: PermanentId, holds: Expression): Promise<Covered | Refusal>;
}
export interface RowPage {
  readonly items: readonly PlainRow[];
  readonly next: string | null;
}

export function readerOver(run: RunStatement, cursors: Cursors): Reader {
  const guarded = async <Found>(
    call: Call,
    prepared: Prepared,
    read: (sight: Sight) => Promise<Found | Refusal>,
  ): Promise<Found | Refusal> => {
    const forbidden = readForbidden(prepared.model, call.caller);
    if (forbidden !== undefined) return forbidden;
    try {
      return await read(sightOf(prepared, call.caller, { by: 'read' }));
    } catch (error) {
      const state = sqlState(error) ?? (error instanceof Error ? sqlState(error.cause) : undefined);
      if (state === '57014')
        return refuse(
          'deadline',
          'This read took too long and was given up. Ask for less: a narrower filter, or an order by a plain field.',
        );
      if (state === '22003' || state === '22008')
        throw new Fault('overflow', 'A derived value of a row leaves the range that is exact.', error);
      throw error;
    }
  };
  return {
    get: (call, prepared, entity, id) => guarded(call, prepared, (sight) => getRow(run, call, prepared, entity, id, sight)),
    list: (call, prepared, entity, query) =>
      guarded(call, prepared, (sight) => listRows(run, call, prepared, entity, query, cursors, sight)),
    view: (call, prepared, view, page = {}) =>
      guarded(call, prepared, (sight) => readView(run, call, prepared, view, page as ViewPage, cursors, sight)),
    unkept: (call, prepared, entity, demand, titled) =>
      guarded(call, prepared, () => readUnkept(run, call, prepared, prepared.entity(entity).contract, demand, titled)),
    covered: (call, prepared, entity, holds) => guarded(call, prepared, () => readCovered(run, call, prepared, entity, holds)),
  };
}

export async function getRow(
  run: RunStatement,
  call: Call,
  prepared: Prepared,
  entity: PermanentId,
  id: string,
  sight: Sight,
): Promise<PlainRow | Refusal> {
  const plan = prepared.entity(entity);
  if (!isRowId(id)) return notFound(plan.contract.name, id);
  const select = prepared.once(`select ${entity} ${sight.key}`, () => selectList(plan, sight));
  const values: string[] = [id];
  const get = sight.only.has(entity)
    ? statement(
        `select ${select.text} from ${seenRows(prepared, entity, sight, call, (value) => `$${values.push(value)}::text`)} o where o.id = $1`,
      )
    : prepared.statement(`get ${entity} ${sight.key}`, () => `select ${select.text} from ${plan.row.view} o where o.id = $1`);
  const { rows } = await run(call, get, values, true);
  return rows[0] === undefined ? notFound(plan.contract.name, id) : select.decode(rows[0]);
}

export async function listRows(
  run: RunStatement,
  call: Call,
  prepared: Prepared,
  entity: PermanentId,
  query: ListQuery,
  cursors: Cursors,
  sight: Sight,
): Promise<RowPage | Refusal> {
  const plan = prepared.entity(entity);
  const limit = query.limit ?? defaultLimit;
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > mostRows)
    return refuse('invalid', `limit must be a whole number from 1 to ${mostRows}.`);
  const { grouped, settings, faults, parameters, conditions } = asking(prepared, plan, query, sight);
  const sorting = sortingOf(plan, query.sort, settings, faults);
  if (Object.keys(faults).length > 0) return invalid(faults);

  const shape = (): string => `list ${entity} ${query.sort ?? ''} ${JSON.stringify([query.filters ?? [], query.q ?? ''])}`;
  if (query.cursor !== undefined) {
    const at = cursors.open(shape(), query.cursor);
    if (at === undefined || at.length !== sorting.length) return badCursor();
    conditions.push(afterCondition(sorting, at, parameters, settings));
  }
  const select = prepared.once(`select ${entity} ${sight.key}`, () => selectList(plan, sight));
  // Where a page ended: what is selected already, and texts of what is not.
  const asked: string[] = [];
  const places = sorting.map(({ field, expression }) => {
    if (field === null) return 0;
    const place = grouped === undefined && field.field.type.kind !== 'choice' ? select.placeOf(field) : undefined;
    return place ?? select.width + asked.push(`, (${expression})::text`) - 1;
  });
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  const from = seenRows(prepared, entity, sight, call, (value) => parameters.add(value, 'text'));
  const text = `select ${select.text}${asked.join('')} from ${from} o${grouped?.joins() ?? ''}${where} order by ${orderBy(sorting)} limit ${limit + 1}${plannedFor(prepared, plan)}`;
  const { rows } = await run(call, chosenStatement(text), parameters.values);
  const items = rows.slice(0, limit).map((row) => select.decode(row));
  const last = rows[limit - 1];
  if (rows.length <= limit || last === undefined) return { items, next: null };
  return {
    items,
    next: cursors.seal(
      shape(),
      places.map((place) => textOf(last[place])),
    ),
  };
}

export async function countRows(
  run: RunStatement,
  call: Call,
  prepared: Prepared,
  entity: PermanentId,
  asked: RowsAsked,
  sight: Sight,
): Promise<number | Refusal> {
  const { grouped, faults, parameters, conditions } = asking(prepared, prepared.entity(entity), asked, sight);
  if (Object.keys(faults).length > 0) return invalid(faults);
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  const from = seenRows(prepared, entity, sight, call, (value) => parameters.add(value, 'text'));
  const { rows } = await run(
    call,
    chosenStatement(`select count(*)::int from ${from} o${grouped?.joins() ?? ''}${where}`),
    parameters.values,
  );
  return Number(rows[0]?.[0] ?? 0);
}

/** Which rows a list or a count is about: conditions with their parameters, and what was wrong in them. */
function asking(prepared: Prepared, plan: EntityPlan, query: ListQuery, sight: Sight) {
  const grouped = groupedColumns(prepared, plan, query);
  const settings = {
    digits: prepared.model.settings.currency.digits,
    collation: prepared.model.settings.collation,
    sight,
    ...(grouped === undefined ? {} : { computed: grouped.computed }),
  };
  const faults = noFaults();
  const parameters = new Parameters();
  const conditions = [
    ...filterConditions(plan, query.filters ?? [], settings, parameters, faults),
    ...searchConditions(plan, query, settings, parameters),
  ];
  return { grouped, settings, faults, parameters, conditions };
}

/**
 * A mark of the indexes that the definition asks for. A connection that ran a statement some times keeps to the plan that was the
 * cheapest by then, whatever index comes after: with other indexes it is another statement, and is planned anew.
 */
const plannedFor = (prepared: Prepared, { contract }: ReturnType<Prepared['entity']>): string =>
  contract.indexes === undefined
    ? ''
    : prepared.once(`indexes ${contract.id}`, () => ` /* ${digestOf(canonicalJson(contract.indexes as unknown as Json)).slice(7, 19)} */`);

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
