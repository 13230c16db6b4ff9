/**
 * Fields as the interface reads and writes them, by the JSON Schema projection of the field vocabulary. Rows may be older than
 * a bound, or hide what the caller may not see: so schemas of answers state shapes alone, and allow null.
 */
import type { Field, FieldType, JsonObject } from '#kernel';
import { createSchema, fieldSchema, rowSchema, updateSchema, type ValueSettings } from '#schema';

/** A value that is sent. */
export function writtenSchema(field: Field, settings: ValueSettings): JsonObject {
  const { default: given } = field;
  return { ...fieldSchema(field, settings, 'write'), ...(given !== undefined && 'literal' in given ? { default: given.literal } : {}) };
}

export const readFields = (fields: readonly Field[]): readonly Field[] =>
  fields.map((field) => ({ ...field, required: false, type: shapeOf(field.type) }));

/** A row as it is answered; of a view or of an operation's own fields, without id and version. */
export const answeredRow = (fields: readonly Field[], settings: ValueSettings): JsonObject =>
  rowSchema({ fields: readFields(fields) }, settings);
export function answeredFields(fields: readonly Field[], settings: ValueSettings): JsonObject {
  const named = readFields(fields);
  return {
    type: 'object',
    required: named.map((field) => field.name),
    properties: Object.fromEntries(named.map((field) => [field.name, fieldSchema(field, settings, 'read')])),
  };
}

export const newRow = (fields: readonly Field[], settings: ValueSettings): JsonObject =>
  withDefaults(createSchema({ fields }, settings), fields);
export const changedRow = (fields: readonly Field[], settings: ValueSettings): JsonObject => updateSchema({ fields }, settings);

function withDefaults(schema: JsonObject, fields: readonly Field[]): JsonObject {
  const members = schema['properties'] as { readonly [name: string]: JsonObject };
  const filled = fields.flatMap(({ name, default: given }) =>
    members[name] !== undefined && given !== undefined && 'literal' in given
      ? [[name, { ...members[name], default: given.literal }] as const]
      : [],
  );
  return { ...schema, properties: { ...members, ...Object.fromEntries(filled) } };
}

/** The type without its bounds. */
export function shapeOf(type: FieldType): FieldType {
  switch (type.kind) {
    case 'text':
      return { kind: 'text', ...(type.multiline === undefined ? {} : { multiline: type.multiline }) };
    case 'integer':
      return { kind: 'integer' };
    case 'duration':
      return { kind: 'duration' };
    case 'decimal':
      return { kind: 'decimal', scale: type.scale };
    case 'quantity':
      return { kind: 'quantity', scale: type.scale, unit: type.unit };
    case 'money':
      return { kind: 'money' };
    case 'date':
      return { kind: 'date' };
    case 'list':
      return { ...type, fields: readFields(type.fields) };
    default:
      return type;
  }
}
