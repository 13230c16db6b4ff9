/** Conditions, and two values of which one is meant. */
import type { Expression, ValueType } from '#kernel';
import { booleanType, joined, nameOfType, sameKind } from '../value-type.ts';
import type { Syntax } from './syntax.ts';
import { stop } from './syntax.ts';

export const mixed = (a: ValueType, b: ValueType): string =>
  a.kind === 'number' && b.kind === 'number' && a.money !== b.money
    ? "An amount of money and a plain number cannot be mixed here: write an amount as `money('500.00')`."
    : `${nameOfType(a)} and ${nameOfType(b)} cannot be compared.`.replace(/^a/, 'A');

/** One that may be absent counts as no, and is written so. */
export const asCondition = (condition: Expression): Expression =>
  condition.type.optional
    ? { node: 'coalesce', of: condition, otherwise: { node: 'constant', type: booleanType, value: false }, type: booleanType }
    : condition;

export function conditionOf(at: Syntax, when: Expression, then: Expression, otherwise: Expression): Expression {
  if (!sameKind(then.type, otherwise.type)) {
    return stop(
      at,
      then.type.kind === 'number' && otherwise.type.kind === 'number'
        ? mixed(then.type, otherwise.type)
        : `One way gives ${nameOfType(then.type)}, the other ${nameOfType(otherwise.type)}: both must give the same kind of value.`,
    );
  }
  return { node: 'condition', when, then, otherwise, type: joined(then.type, otherwise.type) };
}
