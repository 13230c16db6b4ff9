/**
 * The types of a system's rows, for editors and the types gate: `Rows` as formulas see them (references lead to rows,
 * numbers are numbers), `StoredRows` as operations see them
 * (the plain form: references are ids, decimals are text), `FreshRows` what a new row is made of. A model that holds only a
 * part of a system is printed as well: a reference that leads out of it is unknown.
 */
import type { EntityContract, Field, Json } from '#kernel';
import { namedIn, plainShape } from '#schema';
import { valueTypeOf } from '#rules';
import type { SystemModel } from '../system-model.ts';
import { memberName, quoted } from './layout.ts';
import { namesOf } from './print-context.ts';

const printed = new WeakMap<EntityContract, { readonly key: string; readonly text: string }>();

export function printDeclarations(model: SystemModel): string {
  const names = new Map(model.entities.map((entity) => [entity.id as string, entity.name]));
  const rows = model.entities.map((entity) => `    ${memberName(entity.name)}: ${rowType(entity, model, names)};\n`);
  const stored = model.entities.map((entity) => `    ${memberName(entity.name)}: ${storedType(entity.fields, true, '    ')};\n`);
  const fresh = model.entities.map((entity) => `    ${memberName(entity.name)}: ${freshType(entity.fields, '    ')};\n`);
  const operations = [...model.operations].map((operation) => `    ${memberName(operation.name)}: true;\n`);
  return `/** The types of this system's rows. Made from its entities; never edited. */
import type { JsonValue, ListOf, LocalDate, Row, RowId, ValueOfShape } from 'theseus/sdk';

declare module 'theseus/sdk' {
  interface Rows {
${rows.join('')}  }
  interface StoredRows {
${stored.join('')}  }
  interface FreshRows {
${fresh.join('')}  }
  interface Operations {
${operations.join('')}  }
${shapeTypes(model)}}
export type { JsonValue, ListOf, LocalDate, Row, RowId, ValueOfShape };
`;
}

/** Shapes that entities name, and those that a part of a system uses of entities outside it. */
function shapeTypes(model: SystemModel): string {
  const named = new Map<string, Json>();
  const fields = [
    ...model.entities.flatMap((entity) => entity.fields),
    ...model.operations.flatMap(({ input, output }) => [...input, ...(output !== null && 'fields' in output ? output.fields : [])]),
  ];
  for (const { type } of fields) if (type.kind === 'json') namedIn(type.shape, named);
  for (const entity of model.entities)
    for (const [name, shape] of Object.entries(entity.shapes ?? {})) {
      namedIn(shape, named);
      named.set(`${entity.name}.${name}`, shape);
    }
  if (named.size === 0) return '';
  const lines = [...named]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, shape]) => `    ${quoted(name)}: ValueOfShape<${JSON.stringify(plainShape(shape))}>;\n`);
  return `  interface Shapes {\n${lines.join('')}  }\n`;
}

/** The row in formulas: own fields, then the lists of rows that refer to it. */
function rowType(entity: EntityContract, model: SystemModel, names: ReadonlyMap<string, string>): string {
  const members = fieldLines(entity.fields, model, names, '      ');
  for (const member of namesOf(model).members(entity.id)) {
    if (member.kind === 'related')
      members.push(`      readonly ${memberName(member.name)}: ListOf<Row<${quoted(names.get(member.entity) ?? '')}>>;\n`);
  }
  const key = members.join('');
  const before = printed.get(entity);
  if (before?.key === key) return before.text;
  const text = `{\n${key}    }`;
  printed.set(entity, { key, text });
  return text;
}

function fieldLines(fields: readonly Field[], model: SystemModel, names: ReadonlyMap<string, string>, margin: string): string[] {
  return fields.flatMap((field) => {
    const type = valueTypeOf(field, model.settings.currency.digits);
    if (type === undefined) return [];
    const optional = type.optional ? ' | undefined' : '';
    return [`${margin}readonly ${memberName(field.name)}: ${formulaType(field, model, names, margin)}${optional};\n`];
  });
}

function formulaType(field: Field, model: SystemModel, names: ReadonlyMap<string, string>, margin: string): string {
  const { type } = field;
  switch (type.kind) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'quantity':
    case 'instant':
    case 'duration':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'date':
      return 'LocalDate';
    case 'choice':
      return type.choices.map((choice) => quoted(choice.name)).join(' | ');
    case 'reference':
      return names.has(type.to) ? `Row<${quoted(names.get(type.to) ?? '')}>` : 'unknown';
    case 'list':
      return `ListOf<{\n${fieldLines(type.fields, model, names, `${margin}  `).join('')}${margin}}>`;
    case 'json':
      return 'never';
    default:
      return 'string';
  }
}

/** The plain row: `id` and `version` of an entity, `id` of an item. */
function storedType(fields: readonly Field[], version: boolean, margin: string): string {
  const lines = fields.map(
    (field) => `${margin}  readonly ${memberName(field.name)}: ${plainType(field, margin, false)}${sureOf(field) ? '' : ' | null'};\n`,
  );
  return `{\n${margin}  readonly id: RowId;\n${version ? `${margin}  readonly version: number;\n` : ''}${lines.join('')}${margin}}`;
}

/** What a new row is made of: computed fields cannot be given, required ones without a default must be. */
function freshType(fields: readonly Field[], margin: string, item = false): string {
  const lines = fields.flatMap((field) => {
    if (field.derived !== undefined) return [];
    const needed = field.required && field.default === undefined;
    return [
      `${margin}  readonly ${memberName(field.name)}${needed ? '' : '?'}: ${plainType(field, margin, true)}${field.required ? '' : ' | null | undefined'};\n`,
    ];
  });
  return `{\n${item ? `${margin}  readonly id?: RowId;\n` : ''}${lines.join('')}${margin}}`;
}

const sureOf = (field: Field): boolean =>
  field.type.kind === 'list' || (field.derived === undefined ? field.required : valueTypeOf(field, 0)?.optional === false);

function plainType(field: Field, margin: string, fresh: boolean): string {
  const { type } = field;
  switch (type.kind) {
    case 'integer':
    case 'money':
    case 'instant':
    case 'duration':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'choice':
      return type.choices.map((choice) => quoted(choice.name)).join(' | ');
    case 'reference':
      return 'RowId';
    case 'list':
      return `readonly ${fresh ? freshType(type.fields, `${margin}  `, true) : storedType(type.fields, false, `${margin}  `)}[]`;
    case 'json':
      return type.shape === undefined ? 'JsonValue' : `ValueOfShape<${JSON.stringify(plainShape(type.shape))}>`;
    default:
      return 'string';
  }
}
