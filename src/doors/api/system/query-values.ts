/** Values that stand in a URL (the query of a GET operation, parameters of its path) as values of fields: text in, the same checks as for JSON. */
import type { Field, Json } from '#kernel';
import { type FieldError, type PlainValues, valuesFromJson, type ValueSettings } from '#schema';

export function valuesFromQuery(
  fields: readonly Field[],
  given: ReadonlyMap<string, string>,
  settings: ValueSettings,
): PlainValues | FieldError {
  const json: { [name: string]: Json } = {};
  for (const field of fields) {
    const text = given.get(field.name);
    if (text !== undefined) json[field.name] = jsonOf(field, text, settings);
  }
  return valuesFromJson(fields, json, settings, 'create');
}

/** What does not read as the field's JSON stays text, and is then told so by place. */
function jsonOf(field: Field, text: string, settings: ValueSettings): Json {
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
