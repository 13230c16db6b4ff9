/**
 * Filters, search and order as SQL over a view. Names are looked up among the fields, never written into the text as given;
 * values are parameters. Where something does not fit it answers by place what to write instead.
 */
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { ShownField } from '../physical/row-plan.ts';
import { type Filter, type FilterOperator, filterOperators, type ListQuery } from '../list-query.ts';
import { encoder } from '../physical/columns.ts';
import { choiceRank, collated, isTextual } from '../physical/sort-expression.ts';
import { isSeen, type Sight } from '../sight.ts';
import { filterValue } from './filter-value.ts';

export interface Settings {
  readonly digits: number;
  readonly collation: string;
  readonly sight: Sight;
  /** Another text for a column, where the statement computes it in another way than the view does. */
  readonly computed?: (shown: ShownField) => string | undefined;
}
export interface Sorting {
  readonly field: ShownField | null;
  readonly expression: string;
  readonly descending: boolean;
  readonly type: string;
}

/** Gathers the parameters of one statement. */
export class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown, type?: string): string {
    this.values.push(value);
    return type === undefined ? `$${this.values.length}` : `$${this.values.length}::${type}`;
  }
}

const signs: { readonly [Operator in Exclude<FilterOperator, 'in'>]: string } = {
  eq: '=',
  ne: 'is distinct from',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};

export function filterConditions(
  plan: EntityPlan,
  filters: readonly Filter[],
  settings: Settings,
  parameters: Parameters,
  faults: { [field: string]: string },
): string[] {
  const conditions: string[] = [];
  for (const filter of filters) {
    const shown = shownField(plan, filter.field, settings);
    if (filter.field === 'id') {
      conditions.push(idCondition(filter, parameters, faults));
      continue;
    }
    if (shown === undefined) faults[filter.field] = notThere(plan, filter.field, settings, 'filtered by');
    else if (!filterOperators.includes(filter.op))
      faults[filter.field] = `cannot be compared with [${String(filter.op)}]: use one of ${filterOperators.join(', ')}`;
    else conditions.push(condition(shown, filter, settings, parameters, faults));
  }
  return conditions;
}

function condition(
  shown: ShownField,
  filter: Filter,
  settings: Settings,
  parameters: Parameters,
  faults: { [field: string]: string },
): string {
  const { field } = shown;
  const encode = encoder(field);
  const expression = comparable(shown, settings);
  const column = columnOf(shown, settings);
  const given = filter.op === 'in' ? listOf(filter.value) : [filter.value];
  const values: unknown[] = [];
  for (const value of given) {
    const read = filterValue(field, value, settings.digits);
    if ('wrong' in read) {
      faults[filter.field] = read.wrong;
      return 'false';
    }
    values.push(read.value);
  }
  if (filter.op === 'in') {
    const some = parameters.add(
      values.filter((value) => value !== null).map((value) => encode(value)),
      `${shown.type}[]`,
    );
    return values.includes(null) ? `(${column} = any(${some}) or ${column} is null)` : `${column} = any(${some})`;
  }
  const value = values[0];
  if (value === null) {
    if (filter.op === 'eq') return `${column} is null`;
    if (filter.op === 'ne') return `${column} is not null`;
    faults[filter.field] = 'can only be compared with nothing by eq and ne';
    return 'false';
  }
  if (filter.op === 'eq' || filter.op === 'ne') return `${column} ${signs[filter.op]} ${parameters.add(encode(value), shown.type)}`;
  if (field.type.kind === 'choice') return `${expression} ${signs[filter.op]} ${choiceRank(field, parameters.add(encode(value), 'text'))}`;
  if (field.type.kind === 'boolean' || field.type.kind === 'reference') {
    faults[filter.field] = 'has no order: compare it with eq, ne or in';
    return 'false';
  }
  return `${expression} ${signs[filter.op]} ${parameters.add(encode(value), shown.type)}${shown.type === 'text' ? collate(settings) : ''}`;
}

function idCondition(filter: Filter, parameters: Parameters, faults: { [field: string]: string }): string {
  const ids = (filter.op === 'in' ? listOf(filter.value) : [filter.value]).map((id) => String(id).toLowerCase());
  if (!ids.every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) || !['eq', 'ne', 'in'].includes(filter.op)) {
    faults['id'] = 'can be compared with ids of rows by eq, ne and in';
    return 'false';
  }
  if (filter.op === 'in') return `o.id = any(${parameters.add(ids, 'uuid[]')})`;
  return `o.id ${filter.op === 'ne' ? '<>' : '='} ${parameters.add(ids[0], 'uuid')}`;
}

/** Each word of `q` must stand in one of the texts of the row. */
export function searchConditions(plan: EntityPlan, query: ListQuery, settings: Settings, parameters: Parameters): string[] {
  const words = (query.q ?? '')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, 10);
  if (words.length === 0) return [];
  const texts = plan.row.shown.filter(({ field }) => isSeen(settings.sight, field) && isTextual(field));
  if (texts.length === 0) return ['false'];
  return words.map((word) => {
    const pattern = parameters.add(
      `%${word
        .replaceAll('\u0000', '')
        .toWellFormed()
        .replaceAll(/[\\%_]/g, '\\$&')}%`,
      'text',
    );
    // as `ilike` does, in the form that an index of the words serves
    return `(${texts.map(({ column }) => `lower(o.${column}${collate(settings)}) like lower(${pattern}${collate(settings)})`).join(' or ')})`;
  });
}

/** The order of a list. Ends with the id, so that it is total. */
export function sortingOf(
  plan: EntityPlan,
  sort: string | undefined,
  settings: Settings,
  faults: { [field: string]: string },
): readonly Sorting[] {
  const made: Sorting[] = [];
  for (const part of (sort ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .slice(0, 4)) {
    const descending = part.startsWith('-');
    const name = descending ? part.slice(1) : part;
    if (name === 'id') {
      made.push({ field: null, expression: 'o.id', descending, type: 'uuid' });
      return made;
    }
    const shown = shownField(plan, name, settings);
    if (shown === undefined || shown.field.type.kind === 'json') {
      faults['sort'] = `${name.slice(0, 60)} ${shown === undefined ? notThere(plan, name, settings, 'sorted by') : 'cannot be sorted by'}`;
      continue;
    }
    made.push({ field: shown, expression: comparable(shown, settings), descending, type: sortType(shown) });
  }
  made.push({ field: null, expression: 'o.id', descending: made[0]?.descending ?? false, type: 'uuid' });
  return made;
}

/** Absent values stand last, whichever way the others go. */
export const orderBy = (sorting: readonly Sorting[]): string =>
  sorting
    .map(
      ({ expression, descending, field }) =>
        `${expression}${descending ? ' desc' : ''}${descending && field !== null ? ' nulls last' : ''}`,
    )
    .join(', ');

/** The rows after the one whose sort values are given, as texts. */
export function afterCondition(
  sorting: readonly Sorting[],
  values: readonly unknown[],
  parameters: Parameters,
  settings: Settings,
): string {
  const [first, ...rest] = sorting;
  if (first === undefined) return 'false';
  const value = values[0] ?? null;
  const deeper = rest.length === 0 ? 'false' : afterCondition(rest, values.slice(1), parameters, settings);
  if (value === null) return `(${first.expression} is null and ${deeper})`;
  const at = `${parameters.add(value, first.type)}${first.type === 'text' ? collate(settings) : ''}`;
  const sign = first.descending ? '<' : '>';
  if (first.field === null) return `${first.expression} ${sign} ${at}`;
  const present = `(${first.expression} ${sign}= ${at} and (${first.expression} ${sign} ${at} or ${deeper}))`;
  return `(${present} or ${first.expression} is null)`;
}

function shownField(plan: EntityPlan, name: string, settings: Settings): ShownField | undefined {
  return plan.row.shown.find(({ field }) => field.name === name && isSeen(settings.sight, field));
}

function notThere(plan: EntityPlan, name: string, settings: Settings, done: string): string {
  const field = plan.contract.fields.find((candidate) => candidate.name === name);
  if (field !== undefined && !isSeen(settings.sight, field)) return 'is sensitive, and none of your roles may see it';
  if (field !== undefined) return `is a list and cannot be ${done}`;
  const known = plan.row.shown.filter((shown) => isSeen(settings.sight, shown.field)).map((shown) => shown.field.name);
  return `is not a field of ${plan.contract.name}; there are ${known.join(', ')}`;
}

/** What is compared and sorted: texts by the collation of the system, choices in the order in which they are declared. */
function comparable(shown: ShownField, settings: Settings): string {
  const column = columnOf(shown, settings);
  if (shown.field.type.kind === 'choice') return choiceRank(shown.field, column);
  return shown.type === 'text' ? `${column}${collate(settings)}` : column;
}
const columnOf = (shown: ShownField, settings: Settings): string => settings.computed?.(shown) ?? `o.${shown.column}`;
const sortType = (shown: ShownField): string => (shown.field.type.kind === 'choice' ? 'integer' : shown.type);
const collate = (settings: Settings): string => collated(settings.collation);
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value];
