/** Arguments that must be there and of one kind: a number, a date. */
import type { Expression, ValueType } from '#kernel';
import { nameOfType } from '../value-type.ts';
import { needPresent, type Parsing, type Place } from './parsing.ts';
import { stop, type Syntax } from './syntax.ts';

type NumberType = Extract<ValueType, { kind: 'number' }>;
export interface NumberValue {
  readonly value: Expression;
  readonly type: NumberType;
}

export function numberAt(parsing: Parsing, at: Syntax, place: Place): NumberValue {
  const value = needPresent(parsing.parse(at, place), at);
  return value.type.kind === 'number'
    ? { value, type: value.type }
    : stop(at, `A number is needed here; this is ${nameOfType(value.type)}.`);
}
export function dateAt(parsing: Parsing, at: Syntax, place: Place): Expression {
  const value = needPresent(parsing.parse(at, place), at);
  return value.type.kind === 'date' ? value : stop(at, `A date is needed here; this is ${nameOfType(value.type)}.`);
}
