/**
 * The journal's images as rows of today. The journal keeps values by permanent ids, as they are stored (minor units,
 * milliseconds, ids of choices), so that no renaming blurs it; people read names, amounts and labels. Pure.
 */
import type { FieldJson, Json } from '#api/client';
import type { Place } from '../values/format.ts';
import { type Members, membersOf } from '../values/json-members.ts';

/** From the entity's contract: what permanent ids are called; fields that were removed included. */
export interface IdNames {
  readonly choices: ReadonlyMap<string, string>;
  readonly retired: ReadonlyMap<string, string>;
}

export function idNames(contract: Json | undefined): IdNames {
  const choices = new Map<string, string>();
  const retired = new Map<string, string>();
  const each = (list: Json | undefined, see: (entry: Members) => void): void => {
    if (Array.isArray(list)) for (const entry of list as readonly Json[]) see(membersOf(entry) ?? {});
  };
  const named =
    (into: Map<string, string>) =>
    (entry: Members): void => {
      if (typeof entry['id'] === 'string' && typeof entry['name'] === 'string') into.set(entry['id'], entry['name']);
    };
  const fields = (list: Json | undefined): void =>
    each(list, (field) => {
      const type = membersOf(field['type']);
      each(type?.['choices'], named(choices));
      fields(type?.['fields']);
    });
  fields(membersOf(contract)?.['fields']);
  each(membersOf(contract)?.['retired'], named(retired));
  return { choices, retired };
}

/** By the names of today, as the API writes values; what has no name any more keeps the name it had, or its id. */
export function rowOfImage(fields: readonly FieldJson[], image: Json, names: IdNames, place: Place): Members {
  const row: { [name: string]: Json } = {};
  for (const [key, value] of Object.entries(membersOf(image) ?? {})) {
    const field = fields.find((one) => one.id === key || one.name === key);
    row[field?.name ?? names.retired.get(key) ?? key] = field === undefined ? value : valueOf(field, value, names, place);
  }
  return row;
}

function valueOf(field: FieldJson, value: Json, names: IdNames, place: Place): Json {
  if (field.widget === 'list' && Array.isArray(value))
    return (value as readonly Json[]).map((item) => rowOfImage(field.item?.fields ?? [], item, names, place));
  if (field.widget === 'money' && typeof value === 'number')
    return { amount: fromMinor(value, place.currency.digits), currency: place.currency.code };
  if (field.widget === 'instant' && typeof value === 'number') return new Date(value).toISOString();
  if (field.widget === 'select' && typeof value === 'string') return names.choices.get(value) ?? value;
  return value;
}

function fromMinor(units: number, digits: number): string {
  const text = String(Math.abs(units)).padStart(digits + 1, '0');
  const amount = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return units < 0 ? `-${amount}` : amount;
}
