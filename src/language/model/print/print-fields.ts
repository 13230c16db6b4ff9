/** Fields as calls of their kinds, options in one fixed order. */
import type { Field, FieldType, Json, PermanentId } from '#kernel';
import { statedShape } from '#schema';
import { quoted, type Doc } from './layout.ts';
import { functionText, type PrintContext, valueText } from './print-context.ts';

/** `member` is where the fields stand: `fields/` or `input/`; formulas of them are looked up under it. */
export function fieldsDoc(fields: readonly Field[], row: PermanentId, context: PrintContext, member: string): Doc {
  return {
    object: fields.map((field) => [field.name, fieldDoc(field, row, context, `${member}${field.name}`)] as const),
    open: fields.length > 0,
  };
}

export function fieldDoc(field: Field, row: PermanentId, context: PrintContext, member: string): Doc {
  const options: (readonly [string, Doc])[] = [
    ['id', quoted(field.id)],
    ['no', String(field.no)],
    ...typeOptions(field.type, row, context, member),
  ];
  if (field.required) options.push(['required', 'true']);
  if (field.unique) options.push(['unique', 'true']);
  if (field.sensitive && !(field.type.kind === 'text' && field.type.secret === true)) options.push(['sensitive', 'true']);
  if (field.type.kind !== 'list') options.push(...boundOptions(field.type));
  if (field.type.kind === 'choice')
    options.push(['choices', { object: field.type.choices.map((choice) => [choice.name, quoted(choice.id)] as const) }]);
  if (field.type.kind === 'list') options.push(['fields', fieldsDoc(field.type.fields, field.type.itemId, context, `${member}/fields/`)]);
  if (field.default !== undefined)
    options.push([
      'default',
      'literal' in field.default
        ? literalDoc(field.type.kind === 'money' ? amountOf(field.default.literal) : field.default.literal)
        : functionText(field.default.formula, row, context, `${member}/default`),
    ]);
  if (field.derived?.mode === 'live') options.push(['live', functionText(field.derived.formula, row, context, `${member}/live`)]);
  if (field.derived?.mode === 'fixed') {
    const { derived } = field;
    options.push([
      'fixed',
      {
        object: [
          ['while', functionText(derived.while, row, context, `${member}/fixed/while`)],
          ['formula', functionText(derived.formula, row, context, `${member}/fixed/formula`)],
          ['otherwise', valueText(derived.otherwise, row, context, `${member}/fixed/otherwise`)],
        ],
      },
    ]);
  }
  return { call: field.type.kind, with: [{ object: options }] };
}

function typeOptions(type: FieldType, _row: PermanentId, context: PrintContext, _member: string): (readonly [string, Doc])[] {
  switch (type.kind) {
    case 'reference':
      return [['to', quoted(context.model.entities.find((entity) => entity.id === type.to)?.name ?? type.to)]];
    case 'list':
      return [
        ['item', quoted(type.item)],
        ['itemId', quoted(type.itemId)],
      ];
    case 'decimal':
      return [['scale', String(type.scale)]];
    case 'quantity':
      return [
        ['unit', quoted(type.unit)],
        ['scale', String(type.scale)],
      ];
    default:
      return [];
  }
}

function boundOptions(type: FieldType): (readonly [string, Doc])[] {
  const options: (readonly [string, Doc])[] = [];
  if ('min' in type && type.min !== undefined) options.push(['min', typeof type.min === 'string' ? quoted(type.min) : String(type.min)]);
  if ('max' in type && type.max !== undefined) options.push(['max', typeof type.max === 'string' ? quoted(type.max) : String(type.max)]);
  if (type.kind === 'json' && type.shape !== undefined) options.push(['shape', literalDoc(statedShape(type.shape))]);
  if (type.kind === 'text' && type.multiline === true) options.push(['multiline', 'true']);
  if (type.kind === 'text' && type.secret === true) options.push(['secret', 'true']);
  return options;
}

const amountOf = (json: Json): Json =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? ((json as { readonly [key: string]: Json })['amount'] ?? null) : json;

/** Literal JSON. */
export function literalDoc(json: Json): Doc {
  if (typeof json === 'string') return quoted(json);
  if (json === null || typeof json === 'boolean' || typeof json === 'number') return String(json);
  if (Array.isArray(json)) return { list: json.map((item: Json) => literalDoc(item)) };
  return { object: Object.entries(json).map(([name, value]) => [name, literalDoc(value)] as const) };
}
