/** Plain values to the JSON that the doors answer with. Total on what the store holds; absent is null. */
import type { Field, Json, JsonObject, Settings } from '#kernel';
import { instantText } from './calendar.ts';
import { unscaled } from './fixed-point.ts';
import type { Plain, PlainItem } from './value.ts';

export type ValueSettings = Pick<Settings, 'currency'>;

export function toJson(field: Field, plain: Plain | undefined, settings: ValueSettings): Json {
  if (plain === null || plain === undefined) return null;
  const type = field.type;
  switch (type.kind) {
    case 'money':
      return { amount: unscaled(Number(plain), settings.currency.digits), currency: settings.currency.code };
    case 'instant':
      return instantText(Number(plain));
    case 'list':
      return Array.isArray(plain) ? plain.map((item) => itemToJson(type.fields, item, settings)) : null;
    default:
      return plain as Json;
  }
}

function itemToJson(fields: readonly Field[], item: PlainItem, settings: ValueSettings): JsonObject {
  const json: { [key: string]: Json } = {};
  if (item.id !== undefined) json['id'] = item.id;
  for (const field of fields) json[field.name] = toJson(field, item[field.name], settings);
  return json;
}

/** A whole row: id, version, and every field by its name, in the order of the definition. */
export function rowToJson(fields: readonly Field[], row: { readonly [field: string]: unknown }, settings: ValueSettings): JsonObject {
  const json: { [key: string]: Json } = {};
  if (typeof row['id'] === 'string') json['id'] = row['id'];
  if (typeof row['version'] === 'number') json['version'] = row['version'];
  for (const field of fields) json[field.name] = toJson(field, row[field.name] as Plain | undefined, settings);
  return json;
}
