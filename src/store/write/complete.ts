/**
 * The values of a row that is to be written, from what was given: unknown and derived fields refused, values checked,
 * defaults set, items of lists merged by their ids. Pure: what other rows must say is asked elsewhere. An update checks
 * what it changes alone, so that a row from before a stricter rule can still be worked with.
 */
import type { Caller, Field, Settings } from '#kernel';
import { askedOfCaller } from '#rules';
import { fromJson, isFieldError, scaled, unscaled } from '#schema';
import { noFaults } from '../invalid.ts';
import type { PlainRow, PlainValues } from '../row.ts';
import { type ValueScope, valueFault } from './check-value.ts';

export interface CompleteItem {
  readonly id: string;
  readonly values: PlainValues;
  readonly fill: readonly Field[];
}
export interface Complete {
  /** Every stored field that is no list. */
  readonly values: PlainValues;
  /** Every list: its items in order. */
  readonly lists: ReadonlyMap<Field, readonly CompleteItem[]>;
  /** Names of the fields whose value is another than before. */
  readonly changed: ReadonlySet<string>;
  /** Fields that were not given and have a formula for their default. */
  readonly fill: readonly Field[];
  readonly faults: { readonly [place: string]: string };
}

export interface Completing {
  readonly settings: Settings;
  readonly fields: readonly Field[];
  readonly newId: () => string;
  /** Who makes the row, for defaults that say so. */
  readonly caller?: Pick<Caller, 'id' | 'name'>;
  /** Characters of a json that no row keeps. */
  readonly longest?: number;
  /** Items of lists come with the ids that they had, though the row does not hold them now. */
  readonly again?: boolean;
}

/** `before` is the row as it is, for an update. */
export function complete(completing: Completing, given: PlainValues, before: PlainRow | null): Complete {
  const { settings, fields, caller } = completing;
  const scope: ValueScope = {
    digits: settings.currency.digits,
    ...(completing.longest === undefined ? {} : { longest: completing.longest }),
  };
  const faults = noFaults();
  const values: { [name: string]: unknown } = Object.create(null) as { [name: string]: unknown };
  const lists = new Map<Field, readonly CompleteItem[]>();
  const changed = new Set<string>();
  const fill: Field[] = [];
  const byName = new Map(fields.map((field) => [field.name, field]));

  for (const name of Object.keys(given)) {
    const field = byName.get(name);
    if (name === 'id' || name === 'version') {
      if (before === null || given[name] !== before[name]) faults[name] = 'is given by the system and cannot be written';
    } else if (field === undefined) faults[name] = `is not a field here; there are ${[...byName.keys()].join(', ')}`;
    else if (field.derived !== undefined && given[name] !== before?.[name]) faults[name] = 'is computed and cannot be written';
  }
  for (const field of fields) {
    if (field.derived !== undefined) continue;
    const { name } = field;
    const named = Object.hasOwn(given, name) && given[name] !== undefined;
    if (field.type.kind === 'list') {
      const old = (before?.[name] ?? []) as readonly PlainRow[];
      const items = named
        ? completeItems(field, field.type.fields, given[name] ?? [], old, completing, faults)
        : old.map((item) => kept(item));
      if (named && field.required && items.length === 0) faults[name] ??= `must have at least one ${field.type.item}`;
      if (!named && before === null && field.required) faults[name] = 'is required';
      if (named && !sameItems(items, old)) changed.add(name);
      lists.set(field, items);
      continue;
    }
    if (!named) {
      if (before !== null) values[name] = before[name] ?? null;
      else if (field.default === undefined) {
        values[name] = null;
        if (field.required) faults[name] = 'is required';
      } else if ('literal' in field.default) values[name] = literalOf(field, settings);
      else {
        const asked = askedOfCaller(field.default.formula);
        values[name] = asked === undefined ? null : (caller?.[asked] ?? null);
        if (asked === undefined) fill.push(field);
      }
      if (before === null && values[name] !== null) changed.add(name);
      continue;
    }
    const value = inFull(field, given[name] ?? null);
    values[name] = value;
    if (before !== null && same(value, before[name] ?? null)) continue;
    changed.add(name);
    if (value === null) {
      if (field.required) faults[name] = 'is required';
    } else {
      const fault = valueFault(field, value, scope);
      if (fault !== undefined) faults[name] = fault;
    }
  }
  return { values, lists, changed, fill, faults };
}

const kept = (item: PlainRow): CompleteItem => ({ id: item.id, values: item, fill: [] });

function completeItems(
  list: Field,
  fields: readonly Field[],
  given: unknown,
  old: readonly PlainRow[],
  around: Completing,
  faults: { [place: string]: string },
): readonly CompleteItem[] {
  const { settings, newId, again = false } = around;
  const fault = valueFault(list, given, { digits: settings.currency.digits });
  if (fault !== undefined) {
    faults[list.name] = fault;
    return [];
  }
  const known = new Map(old.map((item) => [item.id, item]));
  const used = new Set<string>();
  return (given as readonly unknown[]).flatMap((item, index) => {
    const place = `${list.name}[${index}]`;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      faults[place] = 'must be an object';
      return [];
    }
    const { id, ...members } = item as PlainValues;
    const before = typeof id === 'string' ? known.get(id) : undefined;
    if (id !== undefined && id !== null && before === undefined && !again)
      faults[`${place}.id`] = 'is not an item of this list: leave it out for a new one';
    if (before !== undefined && used.has(before.id)) faults[`${place}.id`] = 'stands twice in this list';
    if (before !== undefined) used.add(before.id);
    const done = complete({ ...around, fields }, members, before ?? null);
    for (const [inner, message] of Object.entries(done.faults)) faults[`${place}.${inner}`] = message;
    return [{ id: before?.id ?? (again && typeof id === 'string' ? id : newId()), values: done.values, fill: done.fill }];
  });
}

function sameItems(items: readonly CompleteItem[], old: readonly PlainRow[]): boolean {
  return (
    items.length === old.length &&
    items.every(
      (item, index) =>
        item.id === old[index]?.id && Object.entries(item.values).every(([name, value]) => same(value, old[index]?.[name] ?? null)),
    )
  );
}

export function same(a: unknown, b: unknown): boolean {
  if (a === b || ((a ?? null) === null && (b ?? null) === null)) return true;
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b);
}

/** Decimals with all their digits, so that equal numbers are equal texts. */
export function inFull(field: Field, value: unknown): unknown {
  if ((field.type.kind !== 'decimal' && field.type.kind !== 'quantity') || typeof value !== 'string') return value;
  const number = scaled(value, field.type.scale);
  return number === undefined ? value : unscaled(number, field.type.scale);
}

/** Amounts of money may stand as text in a definition. */
function literalOf(field: Field, settings: Settings): unknown {
  const json = field.default !== undefined && 'literal' in field.default ? field.default.literal : null;
  if (field.type.kind === 'money' && typeof json === 'string') return scaled(json, settings.currency.digits) ?? null;
  if (field.type.kind === 'money' && typeof json === 'number') return json;
  const plain = fromJson(field, json, settings);
  return isFieldError(plain) ? null : plain;
}
