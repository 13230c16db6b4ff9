/**
 * The meaning of the rule IR, as plainly as it can be written: a walk over the tree, with BigInt, one case a node.
 * It is what the back ends are tested against; it shares nothing with them but the calendar, and is not meant to be fast.
 */
import type { Expression, Period, Rounding } from '#kernel';
import { Fault } from '#kernel';
import { addMonths, civilOf, daysOf, firstDay, lastDay } from './calendar.ts';
import type { RuleContext } from './runtime.ts';
import { scaleOf } from './value-type.ts';

type Inputs = { readonly [name: string]: unknown };

export function evaluate(expression: Expression, inputs: Inputs, context: RuleContext): unknown {
  const value = (at: Expression): unknown => evaluate(at, inputs, context);
  switch (expression.node) {
    case 'constant':
      return expression.value;
    case 'input':
      return inputs[expression.name] ?? null;
    case 'today':
      return context.today;
    case 'field': {
      const row = value(expression.of);
      const found = typeof row === 'object' && row !== null ? Object.entries(row).find(([name]) => name === expression.field)?.[1] : null;
      return found ?? (expression.type.kind === 'list' ? [] : null);
    }
    case 'follow': {
      const id = value(expression.of);
      return id === null ? null : (context.follow?.(expression.to, String(id)) ?? null);
    }
    case 'related': {
      const row = value(expression.of);
      return row === null ? [] : (context.related?.(expression.entity, expression.via, String((row as Inputs)['id'])) ?? []);
    }
    case 'not':
      return value(expression.of) !== true;
    case 'absent':
      return value(expression.of) === null;
    case 'negate':
      return exact(big(value(expression.of)), (of) => -of);
    case 'binary':
      return binary(expression, inputs, context);
    case 'divide':
      return quotient(
        big(value(expression.left)),
        big(value(expression.right)),
        expression.scale + scaleOf(expression.right.type) - scaleOf(expression.left.type),
        expression.rounding,
      );
    case 'round':
      return quotient(big(value(expression.of)), 1n, expression.scale - scaleOf(expression.of.type), expression.rounding);
    case 'condition': {
      const taken = value(expression.when) === true ? expression.then : expression.otherwise;
      return widened(value(taken), taken, scaleOf(expression.type));
    }
    case 'coalesce': {
      const of = value(expression.of);
      return of === null
        ? widened(value(expression.otherwise), expression.otherwise, scaleOf(expression.type))
        : widened(of, expression.of, scaleOf(expression.type));
    }
    case 'addToDate': {
      const [of, amount] = [value(expression.of), value(expression.amount)];
      if (typeof of !== 'number' || typeof amount !== 'number') return null;
      if (Math.abs(amount) > 4_000_000) return overflow();
      const days = expression.unit === 'days' ? of + amount : addMonths(of, amount);
      return days < firstDay || days > lastDay ? overflow() : days;
    }
    case 'daysBetween':
      return exact2(big(value(expression.right)), big(value(expression.left)), (to, from) => to - from);
    case 'partOfDate': {
      const of = value(expression.of);
      return typeof of !== 'number' ? null : expression.part === 'weekday' ? weekdayOf(of) : partOf(of, expression.part);
    }
    case 'edgeOfPeriod': {
      const of = value(expression.of);
      return typeof of !== 'number' ? null : edgeOf(of, expression.edge === 'first' ? -1 : 1, expression.period);
    }
    case 'periodsBetween': {
      const [from, to] = [value(expression.left), value(expression.right)];
      return typeof from !== 'number' || typeof to !== 'number' ? null : wholePeriods(from, to, expression.unit === 'years' ? 384 : 32);
    }
    case 'let':
      return evaluate(expression.body, { ...inputs, [expression.name]: value(expression.value) }, context);
    case 'aggregate':
      return aggregate(expression, inputs, context);
  }
}

const partOf = (day: number, part: 'year' | 'quarter' | 'month' | 'day'): number => {
  const { year, month, day: ofMonth } = civilOf(day);
  return { year, quarter: Math.ceil(month / 3), month, day: ofMonth }[part];
};
/** Counted from Monday, 2024-01-01. */
const weekdayOf = (day: number): number => {
  const since = (day - daysOf({ year: 2024, month: 1, day: 1 })) % 7;
  return (since < 0 ? since + 7 : since) + 1;
};
/** Day by day until the next one lies in another period. */
function edgeOf(day: number, step: 1 | -1, period: Period): number {
  const same = (one: number, other: number): boolean =>
    partOf(one, 'year') === partOf(other, 'year') && (period === 'year' || partOf(one, period) === partOf(other, period));
  let at = day;
  while (same(at + step, day)) at += step;
  return at;
}
/** Of dates as (months x 32 + day of the month): what whole months or years the difference holds. */
function wholePeriods(from: number, to: number, size: 32 | 384): number {
  const [a, b] = [from, to].map((day) => (partOf(day, 'year') * 12 + partOf(day, 'month')) * 32 + partOf(day, 'day')) as [number, number];
  return Math.trunc((b - a) / size) + 0;
}

const overflow = (): never => {
  throw new Fault('overflow', 'a number of a rule leaves the range that is exact');
};
const big = (value: unknown): bigint | null => (typeof value === 'number' ? BigInt(value) : null);
const small = (value: bigint): number =>
  value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER) ? overflow() : Number(value);
const exact = (value: bigint | null, compute: (value: bigint) => bigint): number | null => (value === null ? null : small(compute(value)));
const exact2 = (a: bigint | null, b: bigint | null, compute: (a: bigint, b: bigint) => bigint): number | null =>
  a === null || b === null ? null : small(compute(a, b));

function widened(value: unknown, from: Expression, scale: number): unknown {
  return typeof value === 'number' && from.type.kind === 'number' ? small(BigInt(value) * 10n ** BigInt(scale - from.type.scale)) : value;
}

/** Rounds left x 10^shift / right by looking at both neighbours. */
function quotient(left: bigint | null, right: bigint | null, shift: number, rounding: Rounding): number | null {
  if (left === null || right === null || right === 0n) return null;
  const numerator = left * 10n ** BigInt(Math.max(shift, 0)) * (right < 0n ? -1n : 1n);
  const denominator = (right < 0n ? -right : right) * 10n ** BigInt(Math.max(-shift, 0));
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  const lower = size / denominator;
  const twiceRest = (size - lower * denominator) * 2n;
  const up =
    rounding === 'up'
      ? twiceRest > 0n
      : rounding === 'half-up'
        ? twiceRest >= denominator
        : rounding === 'half-even' && (twiceRest > denominator || (twiceRest === denominator && lower % 2n === 1n));
  const rounded = up ? lower + 1n : lower;
  return small(negative ? -rounded : rounded);
}

function binary(at: Extract<Expression, { node: 'binary' }>, inputs: Inputs, context: RuleContext): unknown {
  if (at.op === 'and' || at.op === 'or') {
    const left = evaluate(at.left, inputs, context) === true;
    return left === (at.op === 'or') ? left : evaluate(at.right, inputs, context) === true;
  }
  const scale = Math.max(scaleOf(at.left.type), scaleOf(at.right.type));
  const raw = [evaluate(at.left, inputs, context), evaluate(at.right, inputs, context)] as const;
  if (at.op === 'multiply') return exact2(big(raw[0]), big(raw[1]), (a, b) => a * b);
  const [left, right] = [widened(raw[0], at.left, scale), widened(raw[1], at.right, scale)];
  if (at.op === 'equal') return left === right;
  if (at.op === 'notEqual') return left !== right;
  const [a, b] = [big(left), big(right)];
  switch (at.op) {
    case 'add':
      return exact2(a, b, (x, y) => x + y);
    case 'subtract':
      return exact2(a, b, (x, y) => x - y);
    case 'smaller':
      return a === null ? right : b === null ? left : small(a < b ? a : b);
    case 'larger':
      return a === null ? right : b === null ? left : small(a > b ? a : b);
    case 'less':
      return a !== null && b !== null && a < b;
    case 'lessOrEqual':
      return a !== null && b !== null && a <= b;
    case 'greater':
      return a !== null && b !== null && a > b;
    case 'greaterOrEqual':
      return a !== null && b !== null && a >= b;
  }
}

function aggregate(at: Extract<Expression, { node: 'aggregate' }>, inputs: Inputs, context: RuleContext): unknown {
  const all = evaluate(at.over, inputs, context) as readonly unknown[];
  const { where, value } = at;
  const kept = where === undefined ? all : all.filter((item) => evaluate(where, { ...inputs, [at.item]: item }, context) === true);
  if (at.op === 'count') return kept.length;
  const read = (item: unknown): unknown => (value === undefined ? null : evaluate(value, { ...inputs, [at.item]: item }, context));
  if (at.op === 'some') return kept.some((item) => read(item) === true);
  if (at.op === 'every') return kept.every((item) => read(item) === true);
  const numbers = kept
    .map(read)
    .filter((one) => typeof one === 'number')
    .map(BigInt);
  const total = numbers.reduce((sum, one) => sum + one, 0n);
  switch (at.op) {
    case 'sum':
      return small(total);
    case 'average':
      return numbers.length === 0
        ? null
        : quotient(total, BigInt(numbers.length), scaleOf(at.type) - scaleOf(value?.type ?? at.type), at.rounding ?? 'half-up');
    case 'smallest':
      return numbers.length === 0 ? null : small(numbers.reduce((best, one) => (one < best ? one : best)));
    case 'largest':
      return numbers.length === 0 ? null : small(numbers.reduce((best, one) => (one > best ? one : best)));
  }
}
