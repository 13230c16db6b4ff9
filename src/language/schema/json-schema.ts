/**
 * Fields as JSON Schema 2020-12, of the JSON that the doors take and give. It says what JSON Schema can say: bounds of
 * amounts and decimals, which are text, stand in `description` and are held by `fromJson`.
 */
import type { EntityContract, Field, FieldType, Json } from '#kernel';
import { fileTerms } from './file-shape.ts';
import { decimalPattern } from './fixed-point.ts';
import { limits } from './limits.ts';
import { plainShape } from './shape-refs.ts';
import { emailPattern, mustBeSeen, unseenCharacters, urlPattern } from './text.ts';
import type { ValueSettings } from './to-json.ts';

export type JsonSchema = { readonly [keyword: string]: Json };

const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
const noNul = '^[^\\u0000]*$';
/** With one character that can be seen. */
const seenPattern = `^[^\\u0000]*[^\\u0000${unseenCharacters}][^\\u0000]*$`;

/** The schema of a value that is there. `use`: items are written without computed fields, and read with all. */
export function valueSchema(type: FieldType, settings: ValueSettings, use: 'write' | 'read'): JsonSchema {
  switch (type.kind) {
    case 'text':
      return {
        type: 'string',
        ...lengths(type.min, type.max ?? (type.multiline === true ? limits.multilineText : limits.text)),
        pattern: noNul,
      };
    case 'email':
      return { type: 'string', format: 'email', pattern: emailPattern, maxLength: limits.email };
    case 'url':
      return { type: 'string', format: 'uri', pattern: urlPattern, maxLength: limits.url };
    case 'integer':
    case 'duration':
      return {
        type: 'integer',
        minimum: type.min ?? -limits.whole,
        maximum: type.max ?? limits.whole,
        ...(type.kind === 'duration' ? { description: 'whole milliseconds' } : {}),
      };
    case 'decimal':
      return { type: 'string', pattern: decimalPattern(type.scale), ...bounds('a decimal number', type.min, type.max) };
    case 'quantity':
      return { type: 'string', pattern: decimalPattern(type.scale), ...bounds(`in ${type.unit}`, type.min, type.max) };
    case 'money':
      return {
        type: 'object',
        additionalProperties: false,
        required: ['amount', 'currency'],
        ...bounds('an amount of money', type.min, type.max),
        properties: {
          amount: { type: 'string', pattern: decimalPattern(settings.currency.digits) },
          currency: { const: settings.currency.code },
        },
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
      return { type: 'string', format: 'date', ...bounds('', type.min, type.max) };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'choice':
      return { enum: type.choices.map((choice) => choice.name) };
    case 'reference':
      return { type: 'string', format: 'uuid', pattern: uuidPattern };
    case 'list':
      return { type: 'array', maxItems: limits.items, items: itemSchema(type.fields, settings, use) };
    case 'json':
      return typeof type.shape === 'object' && type.shape !== null ? (saidOf(plainShape(type.shape), use) as JsonSchema) : {};
  }
}

/** A shape without words that only we know: a file is bytes where it is sent, and what is said of it where it is read. */
function saidOf(shape: Json, use: 'write' | 'read'): Json {
  if (Array.isArray(shape)) return shape.map((each: Json) => saidOf(each, use));
  if (typeof shape !== 'object' || shape === null) return shape;
  if (fileTerms(shape) !== undefined) return use === 'write' ? { type: 'string', format: 'binary' } : fileSchema;
  return Object.fromEntries(Object.entries(shape).map(([name, part]) => [name, saidOf(part as Json, use)]));
}
const fileSchema: JsonSchema = {
  type: 'object',
  required: ['file', 'name', 'type', 'bytes'],
  properties: { file: { type: 'string', format: 'uuid' }, name: { type: 'string' }, type: { type: 'string' }, bytes: { type: 'integer' } },
};

/** The schema of a field: null stands for absent where it is not required. */
export function fieldSchema(field: Field, settings: ValueSettings, use: 'write' | 'read'): JsonSchema {
  const value = valueSchema(field.type, settings, use);
  const sure = use === 'write' ? field.required : field.required && field.derived === undefined;
  const whole =
    use === 'write' && field.required && field.type.kind === 'list'
      ? { ...value, minItems: 1 }
      : use === 'write' && field.required && field.type.kind === 'text'
        ? { ...value, minLength: field.type.min ?? 1, ...(mustBeSeen(field) ? { pattern: seenPattern } : {}) }
        : value;
  return { ...(sure ? whole : orNull(whole)), ...(field.derived === undefined ? {} : { readOnly: true }) };
}

/** The body of a create: what is required and has no default must be there. */
export function createSchema(entity: Pick<EntityContract, 'fields'>, settings: ValueSettings): JsonSchema {
  return writable(entity.fields, settings, true);
}
/** The body of an update: only what changes. */
export function updateSchema(entity: Pick<EntityContract, 'fields'>, settings: ValueSettings): JsonSchema {
  return writable(entity.fields, settings, false);
}
/** A row as it is answered. */
export function rowSchema(entity: Pick<EntityContract, 'fields'>, settings: ValueSettings): JsonSchema {
  return {
    type: 'object',
    required: ['id', 'version', ...entity.fields.map((field) => field.name)],
    properties: {
      id: { type: 'string', format: 'uuid' },
      version: { type: 'integer', minimum: 1 },
      ...properties(entity.fields, settings, 'read'),
    },
  };
}

function writable(fields: readonly Field[], settings: ValueSettings, whole: boolean): JsonSchema {
  const own = fields.filter((field) => field.derived === undefined);
  const required = whole ? own.filter((field) => field.required && field.default === undefined).map((field) => field.name) : [];
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    properties: properties(own, settings, 'write'),
  };
}
function itemSchema(fields: readonly Field[], settings: ValueSettings, use: 'write' | 'read'): JsonSchema {
  if (use === 'read')
    return {
      type: 'object',
      required: ['id', ...fields.map((field) => field.name)],
      properties: { id: { type: 'string', format: 'uuid' }, ...properties(fields, settings, use) },
    };
  const schema = writable(fields, settings, true);
  return {
    ...schema,
    properties: { id: { type: 'string', format: 'uuid', pattern: uuidPattern }, ...(schema['properties'] as JsonSchema) },
  };
}
function properties(fields: readonly Field[], settings: ValueSettings, use: 'write' | 'read'): { [name: string]: JsonSchema } {
  return Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, settings, use)]));
}

function orNull(schema: JsonSchema): JsonSchema {
  if (typeof schema['type'] === 'string') return { ...schema, type: [schema['type'], 'null'] };
  return Array.isArray(schema['enum']) ? { ...schema, enum: [...schema['enum'], null] } : schema;
}
const lengths = (min: number | undefined, max: number): JsonSchema => ({
  ...(min === undefined ? {} : { minLength: min }),
  maxLength: max,
});
function bounds(what: string, min: string | undefined, max: string | undefined): JsonSchema {
  const parts = [what, ...(min === undefined ? [] : [`at least ${min}`]), ...(max === undefined ? [] : [`at most ${max}`])].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? {} : { description: parts.join(', ') };
}
