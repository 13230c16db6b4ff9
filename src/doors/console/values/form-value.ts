/**
 * Values on their way into a form and back: texts as a person types them, in the locale's own signs, and the API's JSON.
 * What cannot be read is told at its place; every other rule is the system's to check. Pure.
 */
import type { FieldJson, Json, JsonObject } from '#api/client';
import { isNumberText, type Place } from './format.ts';
import { membersOf } from './json-members.ts';
import { instantFromLocal, localFromInstant } from './local-time.ts';

export interface FormItem {
  readonly key: string;
  readonly id: string | null;
  readonly values: FormValues;
}
export type FormValue = string | boolean | readonly FormItem[];
export interface FormValues {
  readonly [name: string]: FormValue;
}
export interface Faults {
  readonly [place: string]: string;
}

let keys = 0;
export const newItem = (fields: readonly FieldJson[], place: Place): FormItem => ({
  key: `new${++keys}`,
  id: null,
  values: emptyForm(fields, place),
});
export const writable = (field: FieldJson): boolean => field.derived === null;

export function emptyForm(fields: readonly FieldJson[], place: Place): FormValues {
  return Object.fromEntries(fields.filter(writable).map((field) => [field.name, toForm(field, field.default, place)]));
}
export function formOf(fields: readonly FieldJson[], row: { readonly [name: string]: Json | undefined }, place: Place): FormValues {
  return Object.fromEntries(fields.filter(writable).map((field) => [field.name, toForm(field, row[field.name], place)]));
}

function toForm(field: FieldJson, value: Json | undefined, place: Place): FormValue {
  if (field.widget === 'list') {
    const items = Array.isArray(value) ? (value as readonly JsonObject[]) : [];
    return items.map((item) => ({
      key: String(item['id'] ?? ++keys),
      id: typeof item['id'] === 'string' ? item['id'] : null,
      values: formOf(field.item?.fields ?? [], item, place),
    }));
  }
  if (field.widget === 'checkbox') return value === true;
  if (value === null || value === undefined) return '';
  if (field.widget === 'money') return localNumber(String(membersOf(value)?.['amount'] ?? ''), place);
  if (field.widget === 'integer' || field.widget === 'decimal' || field.widget === 'duration') return localNumber(String(value), place);
  if (field.widget === 'instant') return localFromInstant(String(value), place.timeZone);
  if (field.widget === 'json') return JSON.stringify(value, null, 2);
  return String(value);
}

/** The JSON of a form, and what could not be read, by place (`lines.0.quantity`). `required` is left to the system, so that one message serves. */
export function toBody(
  fields: readonly FieldJson[],
  values: FormValues,
  place: Place,
  prefix = '',
): { readonly body: JsonObject; readonly faults: Faults } {
  const body: { [name: string]: Json } = {};
  const faults: { [at: string]: string } = {};
  for (const field of fields.filter(writable)) {
    const value = values[field.name];
    if (value === undefined) continue;
    const at = `${prefix}${field.name}`;
    if (Array.isArray(value)) {
      const items = value as readonly FormItem[];
      body[field.name] = items.map((item, index) => {
        const inner = toBody(field.item?.fields ?? [], item.values, place, `${at}.${index}.`);
        Object.assign(faults, inner.faults);
        return item.id === null ? withoutAbsent(inner.body) : { id: item.id, ...inner.body };
      });
      continue;
    }
    const read = readOne(field, value as string | boolean, place);
    if (typeof read === 'object' && read !== null && 'fault' in read) faults[at] = String(read['fault']);
    else body[field.name] = read;
  }
  return { body, faults };
}
/** Every place of a form at which a message can be shown. */
export function placesOf(fields: readonly FieldJson[], values: FormValues, prefix = ''): ReadonlySet<string> {
  const places = new Set<string>();
  for (const field of fields.filter(writable)) {
    const at = `${prefix}${field.name}`;
    places.add(at);
    const value = values[field.name];
    if (field.item === null || !Array.isArray(value)) continue;
    (value as readonly FormItem[]).forEach((item, index) => {
      places.add(`${at}.${index}`);
      for (const inner of placesOf(field.item?.fields ?? [], item.values, `${at}.${index}.`)) places.add(inner);
    });
  }
  return places;
}
/** What is left empty is not sent for something new, so that the system's defaults hold. */
export const withoutAbsent = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

const fault = (message: string): { readonly fault: string } => ({ fault: message });

function readOne(field: FieldJson, value: string | boolean, place: Place): Json {
  if (typeof value === 'boolean') return value;
  const text = field.widget === 'textarea' || field.widget === 'text' ? value : value.trim();
  if (text === '') return null;
  switch (field.widget) {
    case 'money': {
      const amount = plainNumber(text, place);
      return amount === undefined
        ? fault(`is not an amount; write it like ${localNumber(`1250.${'5'.padEnd(place.currency.digits, '0')}`, place)}`)
        : { amount: padded(amount, place.currency.digits), currency: place.currency.code };
    }
    case 'integer':
    case 'duration': {
      const number = plainNumber(text, place);
      return number === undefined || !/^-?\d+$/.test(number) || !Number.isSafeInteger(Number(number))
        ? fault('must be a whole number')
        : Number(number);
    }
    case 'decimal': {
      const number = plainNumber(text, place);
      return number ?? fault(`is not a number; write it like ${localNumber('12.5', place)}`);
    }
    case 'instant':
      return instantFromLocal(text, place.timeZone) ?? fault('is not a moment');
    case 'json':
      try {
        return JSON.parse(text) as Json;
      } catch {
        return fault('is not JSON');
      }
    default:
      return text;
  }
}
/** "1250.5" is 1250.50 where the currency has cents; too many digits are left for the system to refuse. */
function padded(amount: string, digits: number): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  return digits === 0 && fraction === '' ? whole : `${whole}.${fraction.padEnd(digits, '0')}`;
}

const signsOf = (locale: string): { readonly decimal: string; readonly group: string } => {
  const parts = new Intl.NumberFormat(locale).formatToParts(-12345.6);
  return {
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    group: parts.find((part) => part.type === 'group')?.value ?? ',',
  };
};
const localNumber = (text: string, place: Place): string => (isNumberText(text) ? text.replace('.', signsOf(place.locale).decimal) : text);

/** A number as the locale writes it, group signs allowed where groups stand, as plain decimal text. */
export function plainNumber(text: string, place: Place): string | undefined {
  const { decimal, group } = signsOf(place.locale);
  const spaced = text
    .replaceAll(/[\s\u00a0\u202f'’]/g, '')
    .replace(/^[€$£]|[€$£]$/g, '')
    .replace('−', '-');
  const [whole = '', ...rest] = spaced.split(decimal);
  if (rest.length > 1) return undefined;
  const groups = whole.split(/\s/.test(group) ? '\u0000' : group);
  if (groups.length > 1 && !groups.every((part, index) => (index === 0 ? /^-?\d{1,3}$/ : /^\d{3}$/).test(part))) return undefined;
  const plain = groups.join('') + (rest[0] === undefined ? '' : `.${rest[0]}`);
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : undefined;
}
