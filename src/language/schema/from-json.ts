/**
 * Untrusted JSON to the plain form. Strict: nothing is coerced, nothing unknown is let through, every bound of the field
 * and every limit holds; what is wrong is told by place, in words that say what to write. Never throws on any JSON.
 */
import { isRowId, type Field, type Json } from '#kernel';
import { daysOf, instantOf } from './calendar.ts';
import { scaled, unscaled } from './fixed-point.ts';
import { limits } from './limits.ts';
import { misfits } from './shape.ts';
import { characters, isBlank, isEmail, isUrl, mustBeSeen, textFault } from './text.ts';
import type { ValueSettings } from './to-json.ts';
import { fieldError, isFieldError, type FieldError, type JsonValue, type Plain, type PlainItem, type PlainValues } from './value.ts';

/** One value. Absent is null, and allowed unless the field is required. `longest`: characters of a json that is kept in no row. */
export function fromJson(
  field: Field,
  json: Json | undefined,
  settings: ValueSettings,
  longest: number = limits.jsonCharacters,
): Plain | FieldError {
  if (json === null || json === undefined) return field.required ? wrong('is required') : null;
  const type = field.type;
  switch (type.kind) {
    case 'text': {
      if (typeof json !== 'string') return wrong('must be a text');
      const fits = textWithin(
        json,
        type.min ?? (field.required ? 1 : 0),
        type.max ?? (type.multiline === true ? limits.multilineText : limits.text),
      );
      return typeof fits === 'string' && mustBeSeen(field) && isBlank(fits) ? wrong('must not be blank') : fits;
    }
    case 'email':
      if (typeof json !== 'string') return wrong('must be a text');
      if (!isEmail(json)) return wrong('must be an email address, such as ada@example.org');
      return textWithin(json, 1, limits.email);
    case 'url':
      if (typeof json !== 'string') return wrong('must be a text');
      if (!isUrl(json)) return wrong('must be an address that begins with https:// or http://');
      return textWithin(json, 1, limits.url);
    case 'integer':
      return wholeWithin(json, type.min, type.max, 'must be a whole number');
    case 'duration':
      return wholeWithin(json, type.min, type.max, 'must be a whole number of milliseconds');
    case 'decimal':
    case 'quantity': {
      const value = typeof json === 'string' ? scaled(json, type.scale) : undefined;
      if (value === undefined)
        return wrong(
          `must be a decimal number as text with at most ${type.scale} digits after the point, such as "${unscaled(15 * 10 ** Math.max(0, type.scale - 1), type.scale)}"`,
        );
      return scaledWithin(value, type.scale, type.min, type.max) ?? unscaled(value, type.scale);
    }
    case 'money':
      return moneyFrom(json, type.min, type.max, settings);
    case 'boolean':
      return typeof json === 'boolean' ? json : wrong('must be true or false');
    case 'date':
      if (typeof json !== 'string' || daysOf(json) === undefined) return wrong('must be a date that exists, such as "2026-01-31"');
      if (type.min !== undefined && json < type.min) return wrong(`must not be before ${type.min}`);
      if (type.max !== undefined && json > type.max) return wrong(`must not be after ${type.max}`);
      return json;
    case 'instant': {
      const value = typeof json === 'string' ? instantOf(json) : undefined;
      return value ?? wrong('must be a moment with its time zone, such as "2026-01-31T12:00:00Z"');
    }
    case 'choice':
      if (typeof json === 'string' && type.choices.some((choice) => choice.name === json)) return json;
      return wrong(`must be one of ${type.choices.map((choice) => choice.name).join(', ')}`);
    case 'reference':
      return typeof json === 'string' && isRowId(json) ? json : wrong('must be the id of a row');
    case 'list':
      return listFrom(type.fields, type.item, json, field.required, settings);
    case 'json': {
      const fault = jsonFault(json, longest);
      if (fault !== undefined) return wrong(fault);
      const unfit = type.shape === undefined ? {} : misfits(type.shape, json);
      return Object.keys(unfit).length === 0 ? (json as JsonValue) : fieldError(unfit);
    }
  }
}

/**
 * The values of a row from a request body. `create`: what is required and has no default must be there.
 * `update`: only what is named changes; null clears a field that is not required.
 */
export function valuesFromJson(
  fields: readonly Field[],
  json: unknown,
  settings: ValueSettings,
  mode: 'create' | 'update',
  longest: number = limits.jsonCharacters,
): PlainValues | FieldError {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return wrong('must be an object');
  const byName = namesOf(fields);
  const messages: { [path: string]: string } = {};
  const values: { [name: string]: Plain } = {};
  for (const [name, value] of Object.entries(json)) {
    const field = byName.get(name);
    if (field === undefined) put(messages, name, unknownMember(name));
    else if (field.derived !== undefined) put(messages, name, 'is computed and cannot be written');
    else {
      const plain = fromJson(field, value, settings, longest);
      if (isFieldError(plain)) nest(messages, name, plain);
      else values[name] = plain;
    }
  }
  if (mode === 'create') {
    for (const field of fields) {
      if (field.required && field.default === undefined && field.derived === undefined && !Object.hasOwn(json, field.name))
        put(messages, field.name, 'is required');
    }
  }
  return Object.keys(messages).length > 0 ? fieldError(messages) : values;
}

const names = new WeakMap<readonly Field[], ReadonlyMap<string, Field>>();
function namesOf(fields: readonly Field[]): ReadonlyMap<string, Field> {
  const known = names.get(fields);
  if (known !== undefined) return known;
  const made = new Map(fields.map((field) => [field.name, field]));
  names.set(fields, made);
  return made;
}

function moneyFrom(json: Json, min: string | undefined, max: string | undefined, settings: ValueSettings): Plain | FieldError {
  const { code, digits } = settings.currency;
  const shape = `must be an amount such as {"amount":"${unscaled(1250, digits)}","currency":"${code}"}`;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return wrong(shape);
  const members = json as { readonly [key: string]: Json };
  const amount = Object.hasOwn(members, 'amount') ? members['amount'] : undefined;
  const currency = Object.hasOwn(members, 'currency') ? members['currency'] : undefined;
  if (typeof amount !== 'string' || typeof currency !== 'string' || Object.keys(members).length !== 2) return wrong(shape);
  if (currency !== code) return wrong(`must be in ${code}, the currency of this system`);
  const value = scaled(amount, digits);
  if (value === undefined) return wrong(`${shape}, with at most ${digits} digits after the point`);
  return scaledWithin(value, digits, min, max) ?? value;
}

function listFrom(
  fields: readonly Field[],
  item: string,
  json: Json,
  required: boolean,
  settings: ValueSettings,
): readonly PlainItem[] | FieldError {
  if (!Array.isArray(json)) return wrong(`must be a list of ${item} objects`);
  if (required && json.length === 0) return wrong(`must have at least one ${item}`);
  if (json.length > limits.items) return wrong(`must have at most ${limits.items} items`);
  const messages: { [path: string]: string } = {};
  const items: PlainItem[] = [];
  const ids = new Set<string>();
  for (const [index, entry] of json.entries()) {
    const place = `[${index}]`;
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      messages[place] = 'must be an object';
      continue;
    }
    const { id, ...rest } = entry as { readonly [key: string]: Json };
    if (id !== undefined && (typeof id !== 'string' || !isRowId(id)))
      messages[`${place}.id`] = `must be the id of a ${item}; leave it out for a new one`;
    else if (typeof id === 'string' && ids.has(id)) messages[`${place}.id`] = `is the id of another ${item} of the same list`;
    else if (typeof id === 'string') ids.add(id);
    const values = valuesFromJson(fields, rest, settings, 'create');
    if (isFieldError(values)) nest(messages, place, values);
    else items.push(typeof id === 'string' ? { id, ...values } : values);
  }
  return Object.keys(messages).length > 0 ? fieldError(messages) : items;
}

/** What is wrong with the value of a `json` field. Without recursion, so that no depth can exhaust the stack. */
function jsonFault(json: Json, longest: number): string | undefined {
  const stack: { readonly value: Json; readonly depth: number }[] = [{ value: json, depth: 0 }];
  let size = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { value, depth } = next;
    if (depth > limits.jsonDepth) return `must be nested at most ${limits.jsonDepth} deep`;
    size += typeof value === 'string' ? value.length + 2 : 4;
    if (typeof value === 'string') {
      const fault = textFault(value);
      if (fault !== undefined) return fault;
    } else if (typeof value === 'number' && !Number.isFinite(value)) return 'must hold finite numbers only';
    else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        if (key === '__proto__') return 'must not have a member __proto__';
        const fault = textFault(key);
        if (fault !== undefined) return fault;
        size += Array.isArray(value) ? 1 : key.length + 4;
        stack.push({ value: member as Json, depth: depth + 1 });
      }
    }
    if (size > longest) return `must be at most ${longest} characters as JSON text`;
  }
  return undefined;
}

function textWithin(text: string, min: number, max: number): string | FieldError {
  const fault = textFault(text);
  if (fault !== undefined) return wrong(fault);
  const length = text.length <= max && text.length >= min * 2 ? text.length : characters(text);
  if (length < min) return wrong(min === 1 ? 'must not be empty' : `must have at least ${min} characters`);
  if (length > max) return wrong(`must have at most ${max} characters`);
  return text;
}

function wholeWithin(json: Json, min: number | undefined, max: number | undefined, shape: string): number | FieldError {
  if (typeof json !== 'number' || !Number.isSafeInteger(json)) return wrong(shape);
  if (min !== undefined && json < min) return wrong(`must be at least ${min}`);
  if (max !== undefined && json > max) return wrong(`must be at most ${max}`);
  return json === 0 ? 0 : json;
}

function scaledWithin(value: number, scale: number, min: string | undefined, max: string | undefined): FieldError | undefined {
  if (min !== undefined && value < (scaled(min, scale) ?? -limits.whole)) return wrong(`must be at least ${min}`);
  if (max !== undefined && value > (scaled(max, scale) ?? limits.whole)) return wrong(`must be at most ${max}`);
  return undefined;
}

const wrong = (message: string): FieldError => fieldError({ '': message });
const unknownMember = (name: string): string =>
  name === 'id' || name === 'version' ? 'is given by the system and cannot be written' : 'is not a field of this';

/** Sets an own member whatever a stranger called it: `__proto__` too. */
function put<Value>(target: { [key: string]: Value }, key: string, value: Value): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}
function nest(messages: { [path: string]: string }, name: string, inner: FieldError): void {
  for (const [path, message] of Object.entries(inner.messages)) {
    put(messages, path === '' ? name : path.startsWith('[') ? name + path : `${name}.${path}`, message);
  }
}
