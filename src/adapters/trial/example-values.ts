/**
 * The values of examples: money as '4.50', rows by the names that earlier steps gave them. From them to what the system takes,
 * and from what it answers to what the example expects. Pure.
 */
import type { Field, Json, JsonObject, Settings, ValueType } from '#kernel';
import { randomUUID } from 'node:crypto';
import { meetsType } from '#model';
import { type FileTerms, scaled, takenFile, toJson, unscaled, withFiles } from '#schema';

export interface NamedRow {
  readonly entity: string;
  readonly id: string;
  /** A person whose tokens were ended, and who has signed in no more since. */
  readonly signedOut?: true;
  /** Milliseconds of the example that had passed when the row was named, or when its person signed in last. */
  readonly since?: number;
}
export type NamedRows = ReadonlyMap<string, NamedRow>;

/** The JSON of the API for the literals of a step. What is no such literal stays as it is, and is refused where it is taken. */
export function apiJson(fields: readonly Field[], values: JsonObject, named: NamedRows, settings: Settings): JsonObject {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, one(byName.get(name), value, named, settings)]));
}

function one(field: Field | undefined, value: Json, named: NamedRows, settings: Settings): Json {
  if (field === undefined || value === null) return value;
  switch (field.type.kind) {
    case 'money':
      return typeof value === 'string' ? { amount: value, currency: settings.currency.code } : value;
    case 'reference':
      return typeof value === 'string' ? (named.get(value)?.id ?? value) : value;
    case 'list': {
      const { fields } = field.type;
      return Array.isArray(value) ? value.map((item: Json) => (isObject(item) ? apiJson(fields, item, named, settings) : item)) : value;
    }
    case 'json':
      return withFiles(field.type.shape, value, statedFile);
    default:
      return value;
  }
}

/** `{ name: 'rex.png', type: 'image/png', bytes: 1200 }`: what is said of a file, whose bytes no trial has. What its shape would not take is refused. */
function statedFile(value: Json, { mediaTypes, maxBytes }: FileTerms): Json {
  if (!isObject(value)) return value;
  const { name, type, bytes } = value;
  if (typeof name !== 'string' || typeof type !== 'string' || typeof bytes !== 'number' || bytes > maxBytes) return value;
  return mediaTypes === undefined || mediaTypes.some((stated) => meetsType(stated, type))
    ? takenFile({ file: randomUUID(), name, type, bytes })
    : value;
}

/** What was emitted, with ids in place of the names that earlier steps gave to rows. */
export function withRows(json: Json, named: NamedRows): Json {
  if (typeof json === 'string') return named.get(json)?.id ?? json;
  if (Array.isArray(json)) return json.map((item: Json) => withRows(item, named));
  return isObject(json) ? Object.fromEntries(Object.entries(json).map(([name, value]) => [name, withRows(value, named)])) : json;
}

/** The first member of `expected` that the row does not have so, or undefined: a partial match. */
export function mismatch(
  fields: readonly Field[],
  expected: JsonObject,
  row: { readonly [name: string]: unknown },
  named: NamedRows,
  settings: Settings,
): { readonly member: string; readonly expected: Json; readonly actual: Json } | undefined {
  const byName = new Map(fields.map((field) => [field.name, field]));
  for (const [name, wanted] of Object.entries(expected)) {
    const field = byName.get(name);
    if (field === undefined) {
      const actual = (row[name] ?? null) as Json;
      if (actual !== wanted) return { member: name, expected: wanted, actual };
      continue;
    }
    if (field.type.kind === 'list' && Array.isArray(wanted)) {
      const { fields: members } = field.type;
      const items = (row[name] ?? []) as readonly { readonly [name: string]: unknown }[];
      if (items.length !== wanted.length) return { member: `${name}.length`, expected: wanted.length, actual: items.length };
      for (const [at, item] of wanted.entries()) {
        const inner = isObject(item) ? mismatch(members, item, items[at] ?? {}, named, settings) : undefined;
        if (inner !== undefined) return { ...inner, member: `${name}[${at}].${inner.member}` };
      }
      continue;
    }
    const actual = toJson(field, row[name] as Parameters<typeof toJson>[1], settings);
    if (field.type.kind === 'instant' && isSameInstant(wanted, actual)) continue;
    if (!same(one(field, wanted, named, settings), actual)) return { member: name, expected: wanted, actual };
  }
  return undefined;
}

/** The same for an answer that is a whole body of its own shape: objects match in part, at every depth; a row's name stands for its id. */
export function shapeMismatch(
  expected: Json,
  actual: Json,
  named: NamedRows,
  member: string,
): { readonly member: string; readonly expected: Json; readonly actual: Json } | undefined {
  if (isObject(expected) && isObject(actual)) {
    for (const [name, wanted] of Object.entries(expected)) {
      const found = shapeMismatch(wanted, actual[name] ?? null, named, member === '' ? name : `${member}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) return { member: `${member}.length`, expected: expected.length, actual: actual.length };
    for (const [at, wanted] of expected.entries()) {
      const found = shapeMismatch(wanted as Json, (actual[at] ?? null) as Json, named, `${member}[${at}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const target = typeof expected === 'string' && typeof actual === 'string' ? (named.get(expected)?.id ?? expected) : expected;
  return same(target, actual) || same(expected, actual) ? undefined : { member, expected, actual };
}

/** The same for the columns of a view, whose values are plain by the type of their expressions. */
export function columnMismatch(
  types: ReadonlyMap<string, ValueType>,
  expected: JsonObject,
  row: { readonly [name: string]: unknown },
  named: NamedRows,
): { readonly member: string; readonly expected: Json; readonly actual: Json } | undefined {
  for (const [name, wanted] of Object.entries(expected)) {
    const type = types.get(name);
    const plain = (row[name] ?? null) as Json;
    const actual: Json = type?.kind === 'number' && type.money && typeof plain === 'number' ? unscaled(plain, type.scale) : plain;
    const target = type?.kind === 'reference' && typeof wanted === 'string' ? (named.get(wanted)?.id ?? wanted) : wanted;
    if (!same(target, actual)) return { member: name, expected: wanted, actual };
  }
  return undefined;
}

/** `2026-01-31T09:30:00Z` and the same with milliseconds, or by another offset, are one instant. */
const isSameInstant = (expected: Json, actual: Json): boolean =>
  typeof expected === 'string' && typeof actual === 'string' && INSTANT.test(expected) && Date.parse(expected) === Date.parse(actual);
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/;

/** Equal as values: "4.50" and "4.5" are the same amount. */
function same(expected: Json, actual: Json): boolean {
  if (typeof expected === 'string' && typeof actual === 'string' && expected !== actual) {
    const [a, b] = [scaled(expected, 9), scaled(actual, 9)];
    return a !== undefined && a === b && /^-?\d/.test(expected) && !/^\d{4}-/.test(expected);
  }
  if (typeof expected === 'number' && typeof actual === 'string') return same(String(expected), actual);
  if (typeof expected === 'string' && typeof actual === 'number') return same(expected, String(actual));
  if (isObject(expected) && isObject(actual))
    return Object.keys({ ...expected, ...actual }).every((name) => same(expected[name] ?? null, actual[name] ?? null));
  if (Array.isArray(expected) && Array.isArray(actual))
    return expected.length === actual.length && expected.every((item: Json, at) => same(item, (actual[at] ?? null) as Json));
  return expected === actual;
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
