/**
 * Fields as JSON Schema 2020-12, as the interface writes and reads them. Written values obey every bound; read ones may be
 * older than a bound, so that schemas of answers state the shape alone and allow null.
 */
import type { Field, FieldType, JsonObject } from '#kernel';
import { decimalPattern, emailPattern, limits, urlPattern } from '#schema';

export type Side = 'read' | 'write';
export const money: JsonObject = { $ref: '#/components/schemas/Theseus.Money' };

export function fieldSchema(field: Field, side: Side): JsonObject {
  const schema = valueSchema(field.type, side, field.required);
  const nullable = side === 'read' ? field.type.kind !== 'list' || field.sensitive : !field.required;
  const notes: JsonObject = {
    ...(field.derived !== undefined ? { readOnly: true, description: 'Computed; cannot be written.' } : {}),
    ...(field.unique && side === 'write' ? { description: 'Unique among all rows.' } : {}),
    ...(side === 'write' && field.default !== undefined && 'literal' in field.default ? { default: field.default.literal } : {}),
  };
  return { ...(nullable ? orNull(schema) : schema), ...notes };
}

function orNull(schema: JsonObject): JsonObject {
  const { type } = schema;
  if (schema['enum'] !== undefined) return { ...schema, type: ['string', 'null'], enum: [...(schema['enum'] as readonly string[]), null] };
  return typeof type === 'string' ? { ...schema, type: [type, 'null'] } : { anyOf: [schema, { type: 'null' }] };
}

function valueSchema(type: FieldType, side: Side, required: boolean): JsonObject {
  const write = side === 'write';
  switch (type.kind) {
    case 'text':
      return {
        type: 'string',
        ...(write
          ? {
              minLength: type.min ?? (required ? 1 : 0),
              maxLength: type.max ?? (type.multiline === true ? limits.multilineText : limits.text),
            }
          : {}),
      };
    case 'email':
      return { type: 'string', ...(write ? { pattern: emailPattern, maxLength: limits.email } : {}) };
    case 'url':
      return { type: 'string', ...(write ? { pattern: urlPattern, maxLength: limits.url } : {}) };
    case 'integer':
    case 'duration':
      return {
        type: 'integer',
        ...(write ? bounds(type.min ?? -limits.whole, type.max ?? limits.whole) : {}),
        ...(type.kind === 'duration' ? { description: 'Milliseconds.' } : {}),
      };
    case 'decimal':
    case 'quantity':
      return {
        type: 'string',
        pattern: decimalPattern(type.scale),
        description: `Decimal number as text${between(type)}${type.kind === 'quantity' ? `, in ${type.unit}` : ''}.`,
      };
    case 'money':
      return write && (type.min !== undefined || type.max !== undefined)
        ? { allOf: [money], description: `Amount${between(type)}.` }
        : { allOf: [money] };
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
      return { type: 'string', format: 'date', ...(write && between(type) !== '' ? { description: `Date${between(type)}.` } : {}) };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'choice':
      return { type: 'string', enum: type.choices.map((choice) => choice.name) };
    case 'reference':
      return { type: 'string', format: 'uuid' };
    case 'list':
      return {
        type: 'array',
        items: itemSchema(type.fields, side),
        ...(write ? { maxItems: limits.items, ...(required ? { minItems: 1 } : {}) } : {}),
      };
    case 'json':
      return { description: `Any JSON, at most ${limits.jsonDepth} deep.` };
  }
}

/** An item of a list: an id that stays, and its fields. */
function itemSchema(fields: readonly Field[], side: Side): JsonObject {
  const named = side === 'read' ? fields : fields.filter((field) => field.derived === undefined);
  const required =
    side === 'read'
      ? ['id', ...fields.map((field) => field.name)]
      : named.filter((field) => field.required && field.default === undefined).map((field) => field.name);
  return objectOf({ id: { type: 'string', format: 'uuid' }, ...properties(named, side) }, required);
}

export const properties = (fields: readonly Field[], side: Side): JsonObject =>
  Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, side)]));

export function objectOf(members: JsonObject, required: readonly string[]): JsonObject {
  return { type: 'object', properties: members, additionalProperties: false, ...(required.length > 0 ? { required: [...required] } : {}) };
}
/** What a request may hold: no computed fields; required ones where `whole`. */
export function inputSchema(fields: readonly Field[], whole: boolean): JsonObject {
  const writable = fields.filter((field) => field.derived === undefined);
  const required = whole ? writable.filter((field) => field.required && field.default === undefined).map((field) => field.name) : [];
  return objectOf(properties(writable, 'write'), required);
}
export const outputSchema = (fields: readonly Field[]): JsonObject =>
  objectOf(
    properties(fields, 'read'),
    fields.map((field) => field.name),
  );

const bounds = (minimum: number, maximum: number): JsonObject => ({ minimum, maximum });
function between({ min, max }: { readonly min?: string | number; readonly max?: string | number }): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  return min !== undefined ? `, at least ${min}` : max !== undefined ? `, at most ${max}` : '';
}
