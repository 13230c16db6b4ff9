/**
 * Plain values to rule values and back: what compiled rules compute with. Numbers are whole and scaled, dates whole days,
 * choices permanent ids, rows objects by field name; absent is null.
 */
import type { Field } from '#kernel';
import { dateOf, daysOf } from './calendar.ts';
import { scaled, unscaled } from './fixed-point.ts';
import type { Plain, PlainItem } from './value.ts';

export type RuleValue = null | boolean | number | string | RuleRow | readonly RuleRow[];
export interface RuleRow {
  readonly [field: string]: RuleValue;
}

/** Total on plain values that fit the field; a label or a text that does not is absent. */
export function toRuleValue(field: Field, plain: Plain | undefined): RuleValue {
  const type = field.type;
  if (type.kind === 'list') return Array.isArray(plain) ? plain.map((item: PlainItem) => toRuleRow(type.fields, item)) : [];
  if (plain === null || plain === undefined) return null;
  switch (type.kind) {
    case 'decimal':
    case 'quantity':
      return typeof plain === 'string' ? (scaled(plain, type.scale) ?? null) : null;
    case 'date':
      return typeof plain === 'string' ? (daysOf(plain) ?? null) : null;
    case 'choice':
      return type.choices.find((choice) => choice.name === plain)?.id ?? null;
    case 'json':
      return null;
    default:
      return typeof plain === 'object' ? null : plain;
  }
}

/** A row (or an item) with every field; `id` stays. */
export function toRuleRow(fields: readonly Field[], row: { readonly [field: string]: unknown }): RuleRow {
  const made: { [field: string]: RuleValue } = {};
  if (typeof row['id'] === 'string') made['id'] = row['id'];
  for (const field of fields) made[field.name] = toRuleValue(field, row[field.name] as Plain | undefined);
  return made;
}

/** The plain value of what a rule computed for this field. */
export function fromRuleValue(field: Field, value: unknown): Plain {
  const type = field.type;
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'decimal':
    case 'quantity':
      return typeof value === 'number' ? unscaled(value, type.scale) : null;
    case 'date':
      return typeof value === 'number' ? dateOf(value) : null;
    case 'choice':
      return type.choices.find((choice) => choice.id === value)?.name ?? null;
    default:
      return typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string' ? value : null;
  }
}
