/** Lists and views over rows in memory, with the same order, filters, pages and refusals as the database has. */
import { type Call, canonicalJson, type Field, type PermanentId, type Refusal, refuse, type ViewColumn, type ViewContract } from '#kernel';
import { readsAny } from '#model';
import { unscaled, dateOf } from '#schema';
import { invalid, noFaults } from '../invalid.ts';
import { defaultLimit, type Filter, filterOperators, type ListQuery, mostRows, type Page, type RowsAsked } from '../list-query.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { Cursors } from '../read/cursor.ts';
import { filterValue } from '../read/filter-value.ts';
import type { RowPage } from '../read/reader.ts';
import { badCursor, choosesBySensitive } from '../read/running.ts';
import type { PlainRow } from '../row.ts';
import { isSeen, shownRow, type Sight } from '../sight.ts';
import type { StoredRow } from '../write/stored-row.ts';
import type { World } from '../write/world.ts';

export interface Lister {
  list(world: World, entity: PermanentId, query: ListQuery, sight: Sight, call: Call): RowPage | Refusal;
  count(world: World, entity: PermanentId, asked: RowsAsked, sight: Sight, call: Call): number | Refusal;
  view(
    world: World,
    view: ViewContract,
    page: { readonly cursor?: string; readonly limit?: number },
    sight: Sight,
    call: Call,
  ): Page | Refusal;
}
type Key = { readonly of: (row: PlainRow) => unknown; readonly descending: boolean };

export function listerOf(prepared: Prepared, cursors: Cursors): Lister {
  const { settings } = prepared.model;
  const collator = new Intl.Collator('und');

  const list = (world: World, entity: PermanentId, query: ListQuery, sight: Sight, call: Call): RowPage | Refusal => {
    const plan = prepared.entity(entity);
    const limit = query.limit ?? defaultLimit;
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > mostRows)
      return refuse('invalid', `limit must be a whole number from 1 to ${mostRows}.`);
    const faults = noFaults();
    const keys = sortKeys(visibleTo(plan, sight), query.sort, faults);
    const rows = meant(world, entity, query, sight, call, faults);
    if (Object.keys(faults).length > 0) return invalid(faults);
    const compare = comparing(keys);
    rows.sort(compare);
    const shape = `list ${entity} ${canonicalJson([query.sort ?? '', query.q ?? '', JSON.stringify(query.filters ?? [])])}`;
    let from = 0;
    if (query.cursor !== undefined) {
      const at = cursors.open(shape, query.cursor);
      const last = at?.[0];
      if (typeof last !== 'object' || last === null) return badCursor();
      from = rows.findIndex((row) => compare(row, last as PlainRow) > 0);
      if (from < 0) from = rows.length;
    }
    const page = rows.slice(from, from + limit);
    const end = page.at(-1);
    const items = page.map((row) => shownRow(plan.contract.fields, row, sight.hidden));
    return { items, next: rows.length > from + limit && end !== undefined ? cursors.seal(shape, [end]) : null };
  };
  const count = (world: World, entity: PermanentId, asked: RowsAsked, sight: Sight, call: Call): number | Refusal => {
    const faults = noFaults();
    const rows = meant(world, entity, asked, sight, call, faults);
    return Object.keys(faults).length > 0 ? invalid(faults) : rows.length;
  };

  const visibleTo = (plan: EntityPlan, sight: Sight): readonly Field[] =>
    plan.contract.fields.filter((field) => field.type.kind !== 'list' && isSeen(sight, field));
  const meant = (
    world: World,
    entity: PermanentId,
    query: RowsAsked,
    sight: Sight,
    call: Call,
    faults: { [place: string]: string },
  ): PlainRow[] => {
    const visible = visibleTo(prepared.entity(entity), sight);
    const tests = (query.filters ?? []).map((filter) => filterTest(visible, filter, faults));
    if (Object.keys(faults).length > 0) return [];
    const words = (query.q ?? '')
      .toLowerCase()
      .split(/\s+/u)
      .filter((word) => word !== '')
      .slice(0, 10);
    const texts = visible.filter((field) => ['text', 'email', 'url'].includes(field.type.kind));
    return [...world.tables.all(entity)]
      .filter((row) => isSeenRow(world, entity, row, sight, call))
      .map((row) => world.plain(entity, row))
      .filter(
        (row) =>
          tests.every((test) => test(row)) &&
          words.every((word) =>
            texts.some((field) =>
              String(row[field.name] ?? '')
                .toLowerCase()
                .includes(word),
            ),
          ),
      );
  };

  const sortKeys = (fields: readonly Field[], sort: string | undefined, faults: { [place: string]: string }): readonly Key[] => {
    const keys: Key[] = [];
    for (const part of (sort ?? '')
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .slice(0, 4)) {
      const descending = part.startsWith('-');
      const name = descending ? part.slice(1) : part;
      const field = fields.find((candidate) => candidate.name === name);
      if (name === 'id') return [...keys, { of: (row) => row.id, descending }];
      if (field === undefined || field.type.kind === 'json') faults['sort'] = `${name.slice(0, 60)} cannot be sorted by`;
      else keys.push({ of: (row) => ordinal(field, row[field.name]), descending });
    }
    return [...keys, { of: (row) => row.id, descending: keys[0]?.descending ?? false }];
  };
  const ordered = (a: unknown, b: unknown): number => {
    if (typeof a === 'object' && a !== null && 'text' in a && typeof b === 'object' && b !== null && 'text' in b)
      return collator.compare(String(a.text), String(b.text));
    return a === b ? 0 : (a as number) < (b as number) ? -1 : 1;
  };
  const comparing =
    (keys: readonly Key[]) =>
    (a: PlainRow, b: PlainRow): number => {
      for (const { of, descending } of keys) {
        const [x, y] = [of(a), of(b)];
        if (x === null || y === null) {
          if (x === null && y === null) continue;
          return x === null ? 1 : -1;
        }
        const found = ordered(x, y);
        if (found !== 0) return descending ? -found : found;
      }
      return 0;
    };
  /** What is compared: numbers as numbers, texts by collation, choices by their order. */
  const ordinal = (field: Field, value: unknown): unknown => {
    if (value === null || value === undefined) return null;
    switch (field.type.kind) {
      case 'choice':
        return field.type.choices.findIndex((choice) => choice.name === value);
      case 'decimal':
      case 'quantity':
        return Number(value);
      case 'boolean':
        return value === true ? 1 : 0;
      case 'text':
      case 'email':
      case 'url':
        return { text: value };
      default:
        return value;
    }
  };
  const filterTest = (fields: readonly Field[], filter: Filter, faults: { [place: string]: string }): ((row: PlainRow) => boolean) => {
    const no = (message: string): (() => boolean) => {
      faults[filter.field] = message;
      return () => false;
    };
    if (filter.field === 'id') {
      const ids = (filter.op === 'in' ? listOf(filter.value) : [filter.value]).map((id) => String(id).toLowerCase());
      if (!['eq', 'ne', 'in'].includes(filter.op)) return no('can be compared with ids of rows by eq, ne and in');
      return (row) => ids.includes(row.id) !== (filter.op === 'ne');
    }
    const field = fields.find((candidate) => candidate.name === filter.field);
    if (field === undefined) return no('is not a field to filter by');
    if (!filterOperators.includes(filter.op)) return no(`cannot be compared with [${String(filter.op)}]`);
    const values: unknown[] = [];
    for (const given of filter.op === 'in' ? listOf(filter.value) : [filter.value]) {
      const read = filterValue(field, given, settings.currency.digits);
      if ('wrong' in read) return no(read.wrong);
      values.push(read.value);
    }
    const value = values[0];
    const equal = (row: PlainRow, wanted: unknown): boolean => (row[field.name] ?? null) === wanted;
    switch (filter.op) {
      case 'in':
        return (row) => values.some((wanted) => equal(row, wanted));
      case 'eq':
        return (row) => equal(row, value);
      case 'ne':
        return (row) => !equal(row, value);
      default:
        break;
    }
    if (value === null) return no('can only be compared with nothing by eq and ne');
    if (field.type.kind === 'boolean' || field.type.kind === 'reference') return no('has no order: compare it with eq, ne or in');
    const bound = ordinal(field, value);
    return (row) => {
      const own = ordinal(field, row[field.name]);
      if (own === null) return false;
      const found = ordered(own, bound);
      return filter.op === 'lt' ? found < 0 : filter.op === 'le' ? found <= 0 : filter.op === 'gt' ? found > 0 : found >= 0;
    };
  };

  const view = (
    world: World,
    contract: ViewContract,
    page: { readonly cursor?: string; readonly limit?: number },
    sight: Sight,
    call: Call,
  ): Page | Refusal => {
    const limit = page.limit ?? defaultLimit;
    const at = page.cursor === undefined ? [0] : cursors.open(`view ${contract.id}`, page.cursor);
    const offset = at?.[0];
    if (typeof offset !== 'number') return badCursor();
    if (contract.where !== undefined && readsAny(contract.where, sight.hidden)) return choosesBySensitive(contract.name);
    const columns = contract.columns.filter((column) => !readsAny(column.value, sight.hidden));
    const lines: (readonly unknown[])[] = [];
    const sees = (entity: PermanentId, row: StoredRow): boolean => isSeenRow(world, entity, row, sight, call);
    for (const row of world.tables.all(contract.from)) {
      if (!sees(contract.from, row)) continue;
      const rule = world.ruleRow(contract.from, row);
      if (contract.where !== undefined && world.evaluate(contract.where, rule, {}, sees) !== true) continue;
      lines.push([...columns.map((column) => world.evaluate(column.value, rule, {}, sees)), row.id]);
    }
    const grouped = columns.some((column) => column.aggregate !== undefined);
    const results = grouped ? grouping(columns, lines) : lines;
    const places = contract.order.flatMap(({ column, direction }) => {
      const index = columns.findIndex((candidate) => candidate.name === column);
      const found = columns[index];
      return found === undefined ? [] : [{ index, descending: direction === 'descending', column: found }];
    });
    results.sort((a, b) => {
      for (const { index, descending, column } of places) {
        const [x, y] = [viewOrdinal(column, a[index]), viewOrdinal(column, b[index])];
        if (x === null || y === null) {
          if (x === null && y === null) continue;
          return x === null ? 1 : -1;
        }
        const found = ordered(x, y);
        if (found !== 0) return descending ? -found : found;
      }
      if (!grouped) return String(a.at(-1)) < String(b.at(-1)) ? -1 : 1;
      for (const [index, column] of columns.entries()) {
        if (column.aggregate !== undefined || a[index] === b[index]) continue;
        return String(a[index]) < String(b[index]) ? -1 : 1;
      }
      return 0;
    });
    const ended = contract.limit === undefined ? results : results.slice(0, contract.limit);
    const items = ended
      .slice(offset, offset + limit)
      .map((line) => Object.fromEntries(columns.map((column, index) => [column.name, shownValue(column, line[index] ?? null)])));
    return { items, next: ended.length > offset + limit ? cursors.seal(`view ${contract.id}`, [offset + limit]) : null };
  };
  const choiceOf = (field: PermanentId): readonly { readonly id: PermanentId; readonly name: string }[] => {
    for (const entity of prepared.model.entities) {
      for (const candidate of entity.fields.flatMap((own) => (own.type.kind === 'list' ? own.type.fields : [own])))
        if (candidate.id === field && candidate.type.kind === 'choice') return candidate.type.choices;
    }
    return [];
  };
  const viewOrdinal = (column: ViewColumn, value: unknown): unknown => {
    if (value === null || value === undefined) return null;
    if (column.aggregate !== undefined) return value;
    const { type } = column.value;
    if (type.kind === 'choice') return choiceOf(type.field).findIndex((choice) => choice.id === value);
    return type.kind === 'text' ? { text: value } : type.kind === 'boolean' ? Number(value) : value;
  };
  const shownValue = (column: ViewColumn, value: unknown): unknown => {
    if (value === null || column.aggregate === 'count') return value;
    const { type } = column.value;
    switch (type.kind) {
      case 'number':
        return type.money || type.scale === 0 ? value : unscaled(Number(value), type.scale);
      case 'date':
        return dateOf(Number(value));
      case 'choice':
        return choiceOf(type.field).find((choice) => choice.id === value)?.name ?? null;
      default:
        return value;
    }
  };
  return { list, count, view };
}

function grouping(columns: readonly ViewColumn[], lines: readonly (readonly unknown[])[]): (readonly unknown[])[] {
  const keyed = columns.map((column, index) => ({ column, index })).filter(({ column }) => column.aggregate === undefined);
  const groups = new Map<string, (readonly unknown[])[]>();
  for (const line of lines) {
    const key = JSON.stringify(keyed.map(({ index }) => line[index] ?? null));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
  if (keyed.length === 0 && groups.size === 0) groups.set('', []);
  return [...groups.values()].map((group) =>
    columns.map((column, index) =>
      aggregate(
        column,
        group.map((line) => line[index] ?? null),
      ),
    ),
  );
}
function aggregate(column: ViewColumn, values: readonly unknown[]): unknown {
  const numbers = values.filter((value): value is number => typeof value === 'number');
  switch (column.aggregate) {
    case undefined:
      return values[0] ?? null;
    case 'count':
      return values.length;
    case 'sum':
      return numbers.reduce((total, value) => total + value, 0);
    case 'average':
      return numbers.length === 0
        ? null
        : halfUp(
            numbers.reduce((total, value) => total + value, 0),
            numbers.length,
          );
    case 'smallest':
      return numbers.length === 0 ? null : Math.min(...numbers);
    case 'largest':
      return numbers.length === 0 ? null : Math.max(...numbers);
  }
}
const halfUp = (total: number, count: number): number => Math.sign(total) * Math.floor((Math.abs(total) * 2 + count) / (count * 2));
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value];

/** Whether the asker may see a row. */
export function isSeenRow(world: World, entity: PermanentId, row: StoredRow, sight: Sight, call: Call): boolean {
  const condition = sight.only.get(entity);
  return condition === undefined || world.evaluate(condition, world.ruleRow(entity, row), { caller: call.caller }) === true;
}
