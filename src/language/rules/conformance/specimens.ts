/** A small system for the tests of rules: every kind of field that a rule can read, and formulas written as in a source. */
import type { EntityContract, Field, FieldType, PermanentId, ValueType } from '#kernel';
import { permanentId } from '#kernel';
import { parseSync } from 'oxc-parser';
import type { RuleNames } from '../names.ts';
import { ruleNames } from '../names.ts';
import type { CallableRule, ParsedExpression, ParseScope } from '../parse.ts';
import { parseExpression } from '../parse.ts';
import { dateCalls } from '../parse/dates.ts';
import { rowType } from '../value-type.ts';

let numbers = 0;
const field = (id: string, name: string, type: FieldType, required = false): Field => ({
  id: permanentId(id),
  no: (numbers += 1),
  name,
  type,
  required,
  unique: false,
  sensitive: false,
});
const choices = (...names: string[]): FieldType => ({
  kind: 'choice',
  choices: names.map((name) => ({ id: permanentId(`c_${name}`), name })),
});
const entity = (id: string, name: string, plural: string, fields: readonly Field[]): EntityContract => ({
  kind: 'entity',
  id: permanentId(id),
  name,
  plural,
  fields,
  retired: [],
  title: fields[0]?.name ?? 'id',
  invariants: [],
});
const to = (id: string): FieldType => ({ kind: 'reference', to: permanentId(id) });

export const customerId: PermanentId = permanentId('e_cust');
export const productId: PermanentId = permanentId('e_prod');
export const orderId: PermanentId = permanentId('e_order');
export const lineId: PermanentId = permanentId('e_line');

export const specimenEntities: readonly EntityContract[] = [
  entity('e_cust', 'customer', 'customers', [
    field('f_name', 'name', { kind: 'text' }, true),
    field('f_tier', 'tier', choices('standard', 'silver', 'gold')),
    field('f_limit', 'creditLimit', { kind: 'money' }),
    field('f_since', 'since', { kind: 'date' }, true),
  ]),
  entity('e_prod', 'product', 'products', [
    field('f_price', 'price', { kind: 'money' }, true),
    field('f_stock', 'stock', { kind: 'integer' }),
    field('f_made', 'maker', to('e_cust')),
  ]),
  entity('e_order', 'order', 'orders', [
    field('f_cust', 'customer', to('e_cust'), true),
    field('f_refer', 'referrer', to('e_cust')),
    field('f_placed', 'placedOn', { kind: 'date' }),
    field('f_due', 'dueOn', { kind: 'date' }, true),
    field('f_stat', 'status', choices('open', 'paid', 'shipped'), true),
    field('f_rate', 'rate', { kind: 'decimal', scale: 3 }),
    field('f_weigh', 'weight', { kind: 'quantity', unit: 'kg', scale: 1 }, true),
    field('f_urgent', 'urgent', { kind: 'boolean' }),
    field('f_gift', 'gift', { kind: 'boolean' }, true),
    field('f_note', 'note', { kind: 'text' }),
    field('f_ship', 'shipping', { kind: 'money' }, true),
    field('f_seen', 'seenAt', { kind: 'instant' }),
    field('f_made2', 'madeAt', { kind: 'instant' }, true),
    field('f_lines', 'lines', {
      kind: 'list',
      item: 'line',
      itemId: lineId,
      fields: [
        field('f_prod', 'product', to('e_prod'), true),
        field('f_qty', 'quantity', { kind: 'integer' }, true),
        field('f_unit', 'unitPrice', { kind: 'money' }, true),
        field('f_off', 'rebate', { kind: 'money' }),
      ],
    }),
  ]),
];

export const specimenNames: RuleNames = ruleNames(specimenEntities, 2);

const sdkNames = [
  'money',
  'decimal',
  'percentOf',
  'divide',
  'round',
  ...Object.keys(dateCalls),
  'min',
  'max',
  'sum',
  'count',
  'average',
  'smallest',
  'largest',
  'refuse',
];

export interface ParseOptions {
  readonly on?: PermanentId;
  readonly expected?: ValueType;
  readonly rules?: { readonly [name: string]: CallableRule };
  /** Functions of the SDK that the source imports under another name. */
  readonly aliases?: { readonly [name: string]: string };
}

export function specimenScope(options: ParseOptions = {}): ParseScope {
  return {
    inputs: [{ name: 'row', type: rowType(options.on ?? orderId) }],
    ...(options.expected ? { expected: options.expected } : {}),
    member: (row, name) => {
      const member = specimenNames.members(row).find((one) => one.name === name);
      return member?.kind === 'field' ? { kind: 'field', id: member.id, type: member.type } : member;
    },
    memberNames: (row) => specimenNames.members(row).map((member) => member.name),
    rowName: specimenNames.rowName,
    choices: specimenNames.choices,
    rule: (name) => options.rules?.[name],
    sdk: (name) => (sdkNames.includes(name) ? name : options.aliases?.[name]),
    currencyDigits: 2,
  };
}

/** Parses a formula as a source would hold it: `(order) => order.shipping`. */
export function parseSource(source: string, options: ParseOptions = {}): ParsedExpression {
  const { program, errors } = parseSync('formula.ts', `(${source})`, { preserveParens: false });
  const statement = program.body[0];
  if (errors.length > 0 || statement?.type !== 'ExpressionStatement')
    throw new Error(`the specimen is no TypeScript: ${source}\n${errors.map((error) => error.message).join('\n')}`);
  return parseExpression(statement.expression, specimenScope(options));
}
