/** Types of rule values: how they are made, compared and named to a person. Pure; used by the parser and all back ends. */
import type { Field, PermanentId, ValueType } from '#kernel';

type NumberType = Extract<ValueType, { kind: 'number' }>;

export const booleanType: ValueType = { kind: 'boolean', optional: false };
export const textType: ValueType = { kind: 'text', optional: false };
export const dateType: ValueType = { kind: 'date', optional: false };
export const numberType = (scale: number, money = false): NumberType => ({ kind: 'number', scale, money, optional: false });
export const rowType = (of: PermanentId): ValueType => ({ kind: 'row', of, optional: false });
export const listType = (of: PermanentId): ValueType => ({ kind: 'list', of, optional: false });
export const optionally = (type: ValueType, optional = true): ValueType => ({ ...type, optional });

/** Digits after the point; 0 for what is no number. */
export const scaleOf = (type: ValueType): number => (type.kind === 'number' ? type.scale : 0);

/** What reading a field yields in a rule; undefined for a field that rules cannot read (json). */
export function valueTypeOf(field: Field, currencyDigits: number): ValueType | undefined {
  const optional = field.derived === undefined ? !field.required : (derivedType(field)?.optional ?? true);
  const type = field.type;
  switch (type.kind) {
    case 'text':
    case 'email':
    case 'url':
      return { kind: 'text', optional };
    case 'integer':
      return { kind: 'number', scale: 0, money: false, optional };
    case 'decimal':
    case 'quantity':
      return { kind: 'number', scale: type.scale, money: false, optional };
    case 'money':
      return { kind: 'number', scale: currencyDigits, money: true, optional };
    case 'boolean':
    case 'date':
    case 'instant':
    case 'duration':
      return { kind: type.kind, optional };
    case 'choice':
      return { kind: 'choice', field: field.id, optional };
    case 'reference':
      return { kind: 'reference', to: type.to, optional };
    case 'list':
      return listType(type.itemId);
    case 'json':
      return undefined;
  }
}

function derivedType(field: Field): ValueType | undefined {
  if (field.derived === undefined) return undefined;
  if (field.derived.mode === 'live') return field.derived.formula.type;
  return optionally(field.derived.formula.type, field.derived.formula.type.optional || field.derived.otherwise.type.optional);
}

/** Whether two values may be compared or stand in the two branches of a condition; scales may differ. */
export function sameKind(a: ValueType, b: ValueType): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'number' && b.kind === 'number') return a.money === b.money;
  if (a.kind === 'choice' && b.kind === 'choice') return a.field === b.field;
  if (a.kind === 'reference' && b.kind === 'reference') return a.to === b.to;
  if ((a.kind === 'row' || a.kind === 'list') && (b.kind === 'row' || b.kind === 'list')) return a.of === b.of;
  return true;
}

/** The type that holds both: the larger scale, absent where either may be. */
export function joined(a: ValueType, b: ValueType): ValueType {
  const optional = a.optional || b.optional;
  if (a.kind === 'number' && b.kind === 'number') return { ...a, scale: Math.max(a.scale, b.scale), optional };
  return { ...a, optional };
}

export const isOrdered = (type: ValueType): boolean =>
  type.kind === 'number' || type.kind === 'date' || type.kind === 'instant' || type.kind === 'duration';

/** "an amount of money", "a number with 2 digits after the point": for messages. */
export function nameOfType(type: ValueType): string {
  switch (type.kind) {
    case 'boolean':
      return 'a yes or no';
    case 'number':
      if (type.money) return 'an amount of money';
      return type.scale === 0 ? 'a whole number' : `a number with ${type.scale} ${type.scale === 1 ? 'digit' : 'digits'} after the point`;
    case 'text':
      return 'a text';
    case 'date':
      return 'a date';
    case 'instant':
      return 'a moment';
    case 'duration':
      return 'a duration';
    case 'choice':
      return 'a choice';
    case 'reference':
      return 'a reference';
    case 'row':
      return 'a row';
    case 'list':
      return 'a list';
  }
}
