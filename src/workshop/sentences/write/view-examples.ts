/** Examples for views: rows that meet all conditions, for each condition one that just does not, and one on each limit; shown in their order. */
import type { Json, JsonObject } from '#kernel';
import type { ExampleStep } from '#model';
import { type Draft, expected, holds, shifted, type Value, valueAt } from '../expect.ts';
import { labelOf } from '../names.ts';
import type { Column, Condition, RequestOf } from '../request.ts';
import { type Drafting, EXAMPLE_DAY, fieldOfDraft, giveSample, sampleRow, stepsOf } from './drafts.ts';
import { fill } from './filling.ts';
import { edgesOf, endOf, makeAll, makeAtEdge, setAt } from './meeting.ts';
import type { Named } from './field-examples.ts';
import { compare, decimal, minus, plus, rounded, textOf } from './numbers.ts';
import { jsonValue } from './rule-examples.ts';

/** Of a longer list no example has one row more than it shows. */
const MOST_SHOWN = 3;
const needsToday = (request: unknown): readonly ExampleStep[] =>
  JSON.stringify(request).includes('"today"') ? [{ today: EXAMPLE_DAY }] : [];

/** Rows that meet all conditions, and for each condition one that just does not; the view in its order. */
export function viewExamples(d: Drafting, request: RequestOf<'show'>): readonly Named[] {
  const rows: Draft[] = [];
  const add = (broken: Condition | undefined, salt: number, share?: Draft): boolean => {
    const draft = sampleRow(d, request.entity);
    const by = request.by?.path;
    if (share !== undefined && by !== undefined) shareReference(draft, share, by);
    if (by !== undefined) reachReference(d, draft, by);
    const filled = request.columns.every((column) => fill(d, draft, { is: 'field', path: column.path }, salt));
    const set = makeAll(d, draft, request.where, broken);
    if (!filled || !set || (broken === undefined && sameRank(d, request, rows, draft) && !ranked(d, request, rows, draft))) return false;
    rows.push(draft);
    return true;
  };
  if (!add(undefined, 1)) return [];
  const first = rows[0];
  if (request.by !== undefined && first !== undefined) add(undefined, 5, first);
  // Without an order only one row, or one group, can be expected at a known place.
  if (request.figure === 'count') add(undefined, 2);
  if (request.order !== undefined) add(undefined, 3);
  // Of few rows, one more than are shown.
  if (request.order !== undefined && request.by === undefined && request.limit !== undefined && request.limit <= MOST_SHOWN)
    for (let more = 2; more <= request.limit; more += 1) add(undefined, 3 + more * 4);
  request.where.forEach((condition, index) => add(condition, 7 + index));
  return [
    ...shows(d, request, rows, `the view ${labelOf(request.view)} shows what it should`),
    ...edgesOf(request.where).flatMap((edge, index) => {
      const draft = sampleRow(d, request.entity);
      if (request.by !== undefined) reachReference(d, draft, request.by.path);
      const filled = request.columns.every((column) => fill(d, draft, { is: 'field', path: column.path }, 1));
      return filled && makeAtEdge(d, draft, request.where, edge)
        ? shows(d, request, [draft], `the view ${labelOf(request.view)} shows what is just within its bounds (${index + 1})`)
        : [];
    }),
  ];
}
/** The rows made, and what the view shows of them; nothing where that cannot be said. */
function shows(d: Drafting, request: RequestOf<'show'>, rows: readonly Draft[], name: string): readonly Named[] {
  const shown = rows.filter((row) => request.where.every((condition) => holds(d.rules, row, condition)));
  const then =
    request.figure === 'count'
      ? [{ count: shown.length }]
      : request.by === undefined
        ? listRows(d, request, shown)
        : groupRows(d, request, shown);
  const done = new Set<string>();
  const steps = rows.flatMap((row) => stepsOf(row, done));
  return then === undefined ? [] : [{ name, steps: [...needsToday(request), ...steps, { show: request.view, then }] }];
}
/** Gives a row that meets all conditions another place in the order, where it still meets them there. */
function ranked(d: Drafting, request: RequestOf<'show'>, rows: readonly Draft[], draft: Draft): boolean {
  const path = request.columns.find((each) => each.name === request.order?.by)?.path;
  const is = path === undefined ? undefined : valueAt(d.rules, draft, path);
  if (path === undefined || is === undefined) return false;
  return [1, -1].some((side) => {
    const value = besideValue(d, draft, path, is, side);
    if (value === undefined || !setAt(d, draft, path, value)) return false;
    return request.where.every((condition) => holds(d.rules, draft, condition)) && !sameRank(d, request, rows, draft);
  });
}
function besideValue(d: Drafting, draft: Draft, path: readonly string[], is: Value, side: number): string | undefined {
  if (is.is === 'text') return endOf(d, draft, path)?.type.kind === 'date' ? shifted(is.text, side, 'days') : undefined;
  if (is.is !== 'number') return undefined;
  const step = decimal(is.money ? '0.01' : '1');
  return textOf(side > 0 ? plus(is.number, step) : minus(is.number, step));
}
/** A row that the order of the view would not put before or after the others could stand anywhere. */
function sameRank(d: Drafting, request: RequestOf<'show'>, rows: readonly Draft[], draft: Draft): boolean {
  const column = request.by === undefined ? request.columns.find((each) => each.name === request.order?.by) : undefined;
  if (column === undefined) return false;
  const rank = (row: Draft): string => JSON.stringify(jsonValue(valueAt(d.rules, row, column.path)));
  return rows.some((row) => rank(row) === rank(draft));
}
/** Rows on the way to what the view groups by. */
function reachReference(d: Drafting, draft: Draft, path: readonly string[]): void {
  const [first, ...rest] = path;
  const field = first === undefined ? undefined : fieldOfDraft(d, draft, first);
  if (first === undefined || field === undefined || field.derived !== undefined) return;
  if (draft.values[first] === undefined) giveSample(d, draft, field);
  const next = draft.refs[first];
  if (rest.length > 0 && next !== undefined) reachReference(d, next, rest);
}
function shareReference(draft: Draft, share: Draft, path: readonly string[]): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  const [own, other] = [draft.refs[first], share.refs[first]];
  if (rest.length === 0) {
    if (other !== undefined) draft.refs[first] = other;
    else if (share.values[first] !== undefined) draft.values[first] = share.values[first];
  } else if (own !== undefined && other !== undefined) shareReference(own, other, rest);
}
function cell(d: Drafting, row: Draft, column: Column): JsonObject | undefined {
  const reference = referenceAt(row, column.path);
  if (reference !== undefined) return { [column.name]: reference.name };
  const value = valueAt(d.rules, row, column.path);
  return value.is === 'absent' ? undefined : { [column.name]: jsonValue(value) };
}
function referenceAt(row: Draft, path: readonly string[]): Draft | undefined {
  let at: Draft | undefined = row;
  for (const step of path) at = at?.refs[step];
  return at;
}
function listRows(d: Drafting, request: RequestOf<'show'>, rows: readonly Draft[]): JsonObject[] | undefined {
  const sorted = sortedBy(d, rows, request);
  if (sorted === undefined) return undefined;
  return sorted
    .slice(0, request.limit ?? sorted.length)
    .map((row) => Object.assign({}, ...request.columns.flatMap((column) => cell(d, row, column) ?? [])) as JsonObject);
}
function sortedBy(d: Drafting, rows: readonly Draft[], request: RequestOf<'show'>): readonly Draft[] | undefined {
  const { order } = request;
  if (order === undefined) return rows.length < 2 ? rows : undefined;
  const column = request.columns.find((each) => each.name === order.by);
  if (column === undefined) return undefined;
  const keyed = rows.map((row) => ({ row, value: expected(d.rules, row, { is: 'field', path: column.path }) }));
  if (keyed.some(({ value }) => value.is === 'absent')) return undefined;
  const sign = order.direction === 'ascending' ? 1 : -1;
  return keyed
    .toSorted(
      (a, b) =>
        sign *
        (a.value.is === 'number' && b.value.is === 'number'
          ? compare(a.value.number, b.value.number)
          : String(jsonValue(a.value)) < String(jsonValue(b.value))
            ? -1
            : 1),
    )
    .map(({ row }) => row);
}
function groupRows(d: Drafting, request: RequestOf<'show'>, rows: readonly Draft[]): JsonObject[] | undefined {
  const by = request.by;
  if (by === undefined) return undefined;
  const groups = new Map<string, { key: JsonObject; rows: Draft[] }>();
  for (const row of rows) {
    const key = cell(d, row, by);
    if (key === undefined) return undefined;
    const group = groups.get(JSON.stringify(key)) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(JSON.stringify(key), group);
  }
  const made = [...groups.values()].map((group) => {
    const sums = request.columns.map((column): readonly [string, Json] => {
      const total = group.rows.reduce((sum, row) => {
        const value = valueAt(d.rules, row, column.path);
        return value.is === 'number' ? plus(sum, value.number) : sum;
      }, decimal('0'));
      const field = group.rows[0] === undefined ? undefined : d.rules.kindOf(group.rows[0].entity, column.path[0] ?? '');
      return [column.name, field === 'money' || total.scale > 0 ? textOf(rounded(total, 2)) : Number(total.units)];
    });
    return { ...group.key, count: group.rows.length, ...Object.fromEntries(sums) } as JsonObject;
  });
  const { order } = request;
  if (order === undefined) return made.length < 2 ? made : undefined;
  if (!made.every((row) => order.by in row)) return undefined;
  const number = (row: JsonObject): ReturnType<typeof decimal> => decimal(String(row[order.by]));
  const sign = order.direction === 'ascending' ? 1 : -1;
  return made.toSorted((a, b) => sign * compare(number(a), number(b)));
}
