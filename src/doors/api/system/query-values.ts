/** Values that stand in a URL (the query of an operation, parameters of its path) or in headers as values of fields: text in, the same checks as for JSON. */
import type { Field, Json } from '#kernel';
import { type FieldError, type PlainValues, valuesFromJson, type ValueSettings } from '#schema';

/** By field, every text that stands there: `?tag=a&tag=b` are two. */
export function valuesFromQuery(
  fields: readonly Field[],
  given: ReadonlyMap<string, readonly string[]>,
  settings: ValueSettings,
): PlainValues | FieldError {
  const json: { [name: string]: Json } = {};
  for (const field of fields) {
    const texts = given.get(field.name);
    if (texts !== undefined && texts.length > 0) json[field.name] = jsonOfAll(field, texts, settings);
  }
  return valuesFromJson(fields, json, settings, 'create');
}

/** A list is repeated, or joined by commas: both are written by clients of published interfaces; one that stands alone may be JSON. Of anything else the last counts. */
function jsonOfAll(field: Field, texts: readonly string[], settings: ValueSettings): Json {
  const last = texts.at(-1) ?? '';
  const shape = field.type.kind === 'json' ? field.type.shape : undefined;
  if (!isObject(shape) || shape['type'] !== 'array' || (texts.length === 1 && /^\s*\[/.test(last)))
    return jsonOfText(field, last, settings);
  const items = shape['items'];
  const kind = isObject(items) ? items['type'] : undefined;
  return (texts.length === 1 ? last.split(',') : texts).map((text) => itemOf(kind, text));
}
const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function itemOf(kind: Json | undefined, text: string): Json {
  if (kind === 'integer' || kind === 'number') return /^-?\d{1,16}(?:\.\d{1,16})?$/.test(text) ? Number(text) : text;
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

/** What does not read as the field's JSON stays text, and is then told so by place. */
export function jsonOfText(field: Field, text: string, settings: ValueSettings): Json {
  switch (field.type.kind) {
    case 'integer':
    case 'duration':
      return /^-?\d{1,16}$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'money':
      return { amount: text, currency: settings.currency.code };
    case 'list':
    case 'json':
      try {
        return JSON.parse(text) as Json;
      } catch (cause) {
        return cause instanceof SyntaxError ? text : null;
      }
    default:
      return text;
  }
}
