/** Operators: arithmetic, comparison, logic, `??`, and the choice between two values. */
import type { BinaryOperator, Expression, ValueType } from '#kernel';
import { booleanType, isOrdered, joined, nameOfType, numberType, optionally, sameKind } from '../value-type.ts';
import { askedOfCaller } from '../walk.ts';
import { asCondition, conditionOf, mixed } from './conditions.ts';
import { askedAt } from './found.ts';
import { isTextsOfTable, seenThrough } from './tables.ts';
import type { Parsing, Place } from './parsing.ts';
import { binding, knowing, limits, needPresent, presentWhen } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, needsContext, partOf, stop, textIn } from './syntax.ts';

const comparisons: { readonly [operator: string]: BinaryOperator } = {
  '===': 'equal',
  '!==': 'notEqual',
  '<': 'less',
  '<=': 'lessOrEqual',
  '>': 'greater',
  '>=': 'greaterOrEqual',
};
const advice: { readonly [operator: string]: string } = {
  '==': 'Write `===`.',
  '!=': 'Write `!==`.',
  '/': "A division must say its digits and its rounding: write `divide(a, b, { scale: 2, rounding: 'half-up' })`.",
  '**': 'There are no powers in formulas: write the multiplication.',
};

export function parseBinary(parsing: Parsing, at: Syntax, place: Place): Expression {
  const operator = textIn(at, 'operator') ?? '';
  const op = comparisons[operator];
  if (op !== undefined) return comparison(parsing, at, op, place);
  if (operator === '+' || operator === '-' || operator === '*') return arithmetic(parsing, at, operator, place);
  if ((operator === '==' || operator === '!=') && [partOf(at, 'left'), partOf(at, 'right')].some((side) => side['raw'] === 'null'))
    return stop(at, `Write \`${operator}= undefined\`.`);
  if (operator === '%') return remainder(parsing, at, place);
  return stop(at, advice[operator] ?? `The operator \`${operator}\` cannot be used in a formula.`);
}

function arithmetic(parsing: Parsing, at: Syntax, operator: '+' | '-' | '*', place: Place): Expression {
  const left = numberOperand(parsing, partOf(at, 'left'), place, operator);
  const right = numberOperand(parsing, partOf(at, 'right'), place, operator);
  const [a, b] = [left.type, right.type];
  if (a.kind !== 'number' || b.kind !== 'number') return stop(at, 'Only numbers can be computed with.');
  if (operator === '*') {
    if (a.money && b.money)
      return stop(at, "Money cannot be multiplied with money: one of them is a plain number, as `3` or `decimal('0.05')`.");
    if (a.scale + b.scale > limits.scale)
      return stop(
        at,
        `The product has more than ${limits.scale} digits after the point: write \`round(..., { scale: 2, rounding: 'half-up' })\` around a part of it.`,
      );
    return { node: 'binary', op: 'multiply', left, right, type: numberType(a.scale + b.scale, a.money || b.money) };
  }
  if (a.money !== b.money) return stop(at, mixed(a, b));
  return { node: 'binary', op: operator === '+' ? 'add' : 'subtract', left, right, type: joined(a, b) };
}

/** What a whole number leaves over: it has the sign of the number that is divided. */
function remainder(parsing: Parsing, at: Syntax, place: Place): Expression {
  const of = numberOperand(parsing, partOf(at, 'left'), place, '%');
  const by = numberOperand(parsing, partOf(at, 'right'), place, '%');
  const whole = [of, by].every(({ type }) => type.kind === 'number' && type.scale === 0 && !type.money);
  if (!whole || by.node !== 'constant' || by.value === 0)
    return stop(
      at,
      "`%` is of a whole number by a fixed one, as in `days % 7`. Else write what you need with `divide` and rounding 'down'.",
    );
  const type = numberType(0);
  const { name } = binding(place, 'whole', type);
  const left: Expression = { node: 'input', name, type };
  const times: Expression = { node: 'divide', left, right: by, scale: 0, rounding: 'down', type };
  const body: Expression = {
    node: 'binary',
    op: 'subtract',
    left,
    right: { node: 'binary', op: 'multiply', left: times, right: by, type },
    type,
  };
  return { node: 'let', name, value: of, body, type };
}

function numberOperand(parsing: Parsing, at: Syntax, place: Place, operator: string): Expression {
  const operand = parsing.parse(at, place);
  if (operand.type.kind === 'date')
    return stop(
      at,
      'A date is moved with `addDays(date, 30)` or `addMonths(date, 1)`; the days between two dates are `daysBetween(a, b)`.',
    );
  if (operand.type.kind === 'text')
    return stop(at, operator === '+' ? 'Texts cannot be joined in a formula.' : 'A text cannot be computed with.');
  if (operand.type.kind !== 'number') return stop(at, `\`${operator}\` needs numbers; this is ${nameOfType(operand.type)}.`);
  return needPresent(operand, at);
}

function comparison(parsing: Parsing, at: Syntax, op: BinaryOperator, place: Place): Expression {
  const leftAt = seenThrough(parsing, partOf(at, 'left'), place);
  const rightAt = seenThrough(parsing, partOf(at, 'right'), place);
  const equality = op === 'equal' || op === 'notEqual';
  for (const [asked, other] of [
    [leftAt, rightAt],
    [rightAt, leftAt],
  ] as const) {
    if (equality && identifierName(asked) === 'undefined') {
      // a place of a table that is left open
      if (identifierName(other) === 'undefined') return { node: 'constant', type: booleanType, value: op === 'equal' };
      const absent: Expression = { node: 'absent', of: parsing.parse(other, place), type: booleanType };
      return op === 'equal' ? absent : { node: 'not', of: absent, type: booleanType };
    }
    if (asked.type === 'Literal' && asked['value'] === null && asked['raw'] === 'null')
      return stop(asked, 'An absent value is written `undefined`.');
  }
  const [left, right] = both(parsing, leftAt, rightAt, place);
  if (equality && (isCallersRow(left, right) || isCallersRow(right, left))) return { node: 'binary', op, left, right, type: booleanType };
  if (!sameKind(left.type, right.type)) return stop(at, mixed(left.type, right.type));
  if (equality) {
    if (left.type.kind === 'list' || left.type.kind === 'row')
      return stop(at, `Two ${left.type.kind}s cannot be compared: compare their fields or the references to them.`);
    return { node: 'binary', op, left, right, type: booleanType };
  }
  if (!isOrdered(left.type))
    return stop(
      at,
      `${nameOfType(left.type)} has no order: only numbers, money, dates, moments and durations can be less or greater.`.replace(/^a/, 'A'),
    );
  return { node: 'binary', op, left: needPresent(left, leftAt), right: needPresent(right, rightAt), type: booleanType };
}

/** `note.owner === caller.id`: who signed in by itself has the id of its row. */
const isCallersRow = (one: Expression, other: Expression): boolean => one.type.kind === 'reference' && askedOfCaller(other) === 'id';

/** Two values that meet: the one that knows its type first, so that a text can become a choice. */
function both(
  parsing: Parsing,
  leftAt: Syntax,
  rightAt: Syntax,
  place: Place,
  expected?: ValueType,
  rightPlace = place,
  asked = false,
): readonly [Expression, Expression] {
  const unsure = (one: Syntax): boolean => needsContext(one) || isTextsOfTable(parsing, one, place);
  if (unsure(leftAt) && !unsure(rightAt)) {
    const right = parsing.parse(rightAt, rightPlace, expected, asked);
    return [parsing.parse(leftAt, place, right.type, asked), right];
  }
  const left = parsing.parse(leftAt, place, expected, asked);
  return [left, parsing.parse(rightAt, rightPlace, left.type, asked)];
}

export function parseLogical(parsing: Parsing, at: Syntax, place: Place, expected: ValueType | undefined, asked: boolean): Expression {
  const operator = textIn(at, 'operator');
  const leftAt = seenThrough(parsing, partOf(at, 'left'), place);
  const rightAt = seenThrough(parsing, partOf(at, 'right'), place);
  if (operator === '??') {
    const [of, otherwise] = both(parsing, leftAt, rightAt, place, expected);
    if (!sameKind(of.type, otherwise.type)) return stop(at, mixed(of.type, otherwise.type));
    if (of.type.kind === 'row' || of.type.kind === 'list') return stop(at, 'A row or a list cannot be replaced by another.');
    return { node: 'coalesce', of, otherwise, type: optionally(joined(of.type, otherwise.type), otherwise.type.optional) };
  }
  if (operator !== '&&' && operator !== '||') return stop(at, `The operator \`${operator ?? ''}\` cannot be used in a formula.`);
  const told = parsing.parse(leftAt, place, booleanType, asked);
  const left = toldCondition(told, leftAt);
  if (left.node === 'constant' && place.data.size > 0) {
    // what is known of a row of a table is not asked: a place that is left open has no value to be compared with
    if (left.value === (operator === '||')) return left;
    return parseCondition(parsing, rightAt, place);
  }
  const other = parsing.parse(rightAt, knowing(place, presentWhen(left, operator === '&&')), booleanType, asked);
  const right = toldCondition(other, rightAt);
  // Where nobody asks, an absent one stays absent: `(a && b) === false` does not hold of it.
  if (!asked && (other.type.optional || (told.type.optional && operator === '&&'))) {
    const yes: Expression = { node: 'constant', type: booleanType, value: true };
    const no: Expression = told.type.optional ? told : { node: 'constant', type: booleanType, value: false };
    return operator === '&&' ? conditionOf(at, left, other, no) : conditionOf(at, left, yes, other);
  }
  return { node: 'binary', op: operator === '&&' ? 'and' : 'or', left, right, type: booleanType };
}

/** A yes or no; an absent one counts as no, and is written so. */
export function parseCondition(parsing: Parsing, at: Syntax, place: Place): Expression {
  return toldCondition(parsing.parse(at, place, booleanType, true), at);
}
function toldCondition(condition: Expression, at: Syntax): Expression {
  if (condition.type.kind !== 'boolean') {
    return stop(
      at,
      `A condition is a yes or no; this is ${nameOfType(condition.type)}. Compare it, as in \`... > 0\` or \`... !== undefined\`; for a value that may be absent write \`??\`.`,
    );
  }
  return asCondition(condition);
}

export function parseUnary(parsing: Parsing, at: Syntax, place: Place): Expression {
  const operator = textIn(at, 'operator');
  const argument = partOf(at, 'argument');
  if (operator === '!') return { node: 'not', of: parseCondition(parsing, argument, place), type: booleanType };
  if (operator !== '-') return stop(at, `The operator \`${operator ?? ''}\` cannot be used in a formula.`);
  const of = numberOperand(parsing, argument, place, '-');
  if (of.node === 'constant' && typeof of.value === 'number' && of.value > 0) return { ...of, value: -of.value };
  return { node: 'negate', of, type: of.type };
}

export function parseTernary(parsing: Parsing, at: Syntax, place: Place, expected: ValueType | undefined, asked: boolean): Expression {
  const { when, yes, no } = askedAt(partOf(at, 'test'), place, (test, inside) => parseCondition(parsing, test, inside));
  const [then, otherwise] = both(parsing, partOf(at, 'consequent'), partOf(at, 'alternate'), yes, expected, no, asked);
  return conditionOf(at, when, then, otherwise);
}
