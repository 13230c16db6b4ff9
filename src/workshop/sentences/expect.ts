/**
 * The second evaluator: what the request says that rows must show, worked out from the request itself. It never looks
 * at the code or the rule IR that was made, so a wrong translation makes its examples fail.
 */
import type { Aggregate, Condition, Formula, Literal } from './request.ts';
import { compare, type Decimal, decimal, dividedBy, minus, plus, rounded, times } from './write/numbers.ts';

/** A row of an example: its own values, the rows that it refers to, its items, and rows that refer to it. */
export interface Draft {
  readonly entity: string;
  readonly name: string;
  readonly values: { [field: string]: string | number | boolean | null };
  readonly refs: { [field: string]: Draft };
  readonly lists: { [field: string]: Draft[] };
  /** Calculated values that the example was built to have. */
  readonly known: { [field: string]: string | number | boolean };
  readonly related: { readonly entity: string; readonly via: string; readonly row: Draft }[];
}
export type Value =
  | { readonly is: 'number'; readonly number: Decimal; readonly money: boolean }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'truth'; readonly truth: boolean }
  | { readonly is: 'absent' };
const absent: Value = { is: 'absent' };
const MONEY_DIGITS = 2;

/** `isMoney` tells which fields hold amounts; values of amounts are decimal text in drafts. */
export interface Rules {
  readonly kindOf: (entity: string, field: string) => string | undefined;
  /** What the system made of a field before this change, where the row does not give it: its default, or its calculation. */
  readonly before?: (row: Draft, field: string) => string | number | boolean | undefined;
  readonly today: string;
}

export function valueAt(rules: Rules, row: Draft, path: readonly string[]): Value {
  const [first, ...rest] = path;
  if (first === undefined) return absent;
  if (rest.length > 0) {
    const next = row.refs[first];
    return next === undefined ? absent : valueAt(rules, next, rest);
  }
  const given = row.values[first];
  const raw = given === undefined ? (rules.before?.(row, first) ?? row.known[first]) : given;
  if (raw === undefined || raw === null) return absent;
  const kind = rules.kindOf(row.entity, first);
  if (kind === 'money') return { is: 'number', number: decimal(String(raw)), money: true };
  if (kind === 'integer' || kind === 'decimal' || kind === 'quantity') return { is: 'number', number: decimal(String(raw)), money: false };
  return typeof raw === 'boolean' ? { is: 'truth', truth: raw } : { is: 'text', text: String(raw) };
}
const ofLiteral = (literal: Literal, today: string): Value =>
  literal.is === 'money'
    ? { is: 'number', number: decimal(literal.value), money: true }
    : literal.is === 'number'
      ? { is: 'number', number: decimal(literal.value), money: false }
      : literal.is === 'yes' || literal.is === 'no'
        ? { is: 'truth', truth: literal.is === 'yes' }
        : 'value' in literal
          ? { is: 'text', text: literal.value === 'today' ? today : literal.value }
          : absent;

const numberOr0 = (value: Value): Extract<Value, { is: 'number' }> =>
  value.is === 'number' ? value : { is: 'number', number: decimal('0'), money: false };
const number = (of: Decimal, money: boolean): Value => ({ is: 'number', number: money ? rounded(of, MONEY_DIGITS) : of, money });

export function expected(rules: Rules, row: Draft, formula: Formula): Value {
  switch (formula.is) {
    case 'field':
      return valueAt(rules, row, formula.path);
    case 'literal':
      return ofLiteral(formula.literal, rules.today);
    case 'today':
      return { is: 'text', text: rules.today };
    case 'arithmetic': {
      const left = numberOr0(expected(rules, row, formula.left));
      const right = numberOr0(expected(rules, row, formula.right));
      const money = left.money || right.money;
      if (formula.op === 'plus') return number(plus(left.number, right.number), money);
      if (formula.op === 'minus') return number(minus(left.number, right.number), money);
      if (formula.op === 'times') return number(times(left.number, right.number), money);
      const quotient = dividedBy(left.number, right.number, 2);
      return quotient === undefined ? absent : { is: 'number', number: quotient, money: left.money && !right.money };
    }
    case 'percent': {
      const of = numberOr0(expected(rules, row, formula.of));
      return percentOf(of.number, formula.percent);
    }
    case 'shift': {
      const of = expected(rules, row, formula.of);
      return of.is === 'text' ? { is: 'text', text: shifted(of.text, formula.amount, formula.unit) } : absent;
    }
    case 'days': {
      const [from, to] = [expected(rules, row, formula.from), expected(rules, row, formula.to)];
      return from.is === 'text' && to.is === 'text'
        ? { is: 'number', number: decimal(String((Date.parse(to.text) - Date.parse(from.text)) / 86_400_000)), money: false }
        : absent;
    }
    case 'aggregate':
      return overRows(rules, row, formula);
  }
}
export const percentOf = (amount: Decimal, percent: string): Value => ({
  is: 'number',
  number: rounded(times(amount, times(decimal(percent), decimal('0.01'))), MONEY_DIGITS),
  money: true,
});

function overRows(rules: Rules, row: Draft, formula: Extract<Formula, { is: 'aggregate' }>): Value {
  const { list, entity, via, where } = formula.over;
  const all =
    list === undefined
      ? row.related.filter((each) => each.entity === entity && each.via === via).map((each) => each.row)
      : (row.lists[list] ?? []);
  const rows = all.filter((each) => where.every((condition) => holds(rules, each, condition)));
  const { value } = formula;
  if (formula.op === 'count' || value === undefined) return { is: 'number', number: decimal(String(rows.length)), money: false };
  return folded(
    formula.op,
    rows.map((each) => expected(rules, each, value)),
  );
}
function folded(op: Aggregate, values: readonly Value[]): Value {
  const texts = values.flatMap((value) => (value.is === 'text' ? [value.text] : []));
  if (texts.length > 0) {
    const sorted = texts.toSorted();
    const text = op === 'largest' ? sorted.at(-1) : sorted[0];
    return text === undefined ? absent : { is: 'text', text };
  }
  const numbers = values.map((value) => numberOr0(value));
  const money = numbers.some((value) => value.money);
  const total = numbers.reduce((sum, value) => plus(sum, value.number), decimal('0'));
  if (op === 'sum') return number(total, money);
  if (numbers.length === 0) return absent;
  if (op === 'average') {
    const mean = dividedBy(total, decimal(String(numbers.length)), 2);
    return mean === undefined ? absent : { is: 'number', number: mean, money };
  }
  const sorted = numbers.map((value) => value.number).toSorted(compare);
  const found = op === 'largest' ? sorted.at(-1) : sorted[0];
  return found === undefined ? absent : number(found, money);
}
/** Days are added as days; months clamp to the last day of the month. */
export function shifted(date: string, amount: number, unit: 'days' | 'months'): string {
  const at = new Date(`${date}T00:00:00Z`);
  if (unit === 'days') at.setUTCDate(at.getUTCDate() + amount);
  else {
    const day = at.getUTCDate();
    at.setUTCDate(1);
    at.setUTCMonth(at.getUTCMonth() + amount);
    const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
    at.setUTCDate(Math.min(day, last));
  }
  return at.toISOString().slice(0, 10);
}

export function holds(rules: Rules, row: Draft, condition: Condition): boolean {
  switch (condition.is) {
    case 'choice': {
      const value = valueAt(rules, row, condition.path);
      const among = value.is === 'text' && condition.among.includes(value.text);
      return condition.not === true ? !among : among;
    }
    case 'flag': {
      const value = valueAt(rules, row, condition.path);
      return (value.is === 'truth' && value.truth) === condition.value;
    }
    case 'present':
      return (valueAt(rules, row, condition.path).is !== 'absent') === condition.value;
    case 'equals': {
      const value = valueAt(rules, row, condition.path);
      return (value.is === 'text' && value.text === condition.text) !== (condition.not === true);
    }
    case 'compare': {
      const [left, right] = [expected(rules, row, condition.left), expected(rules, row, condition.right)];
      if (left.is === 'absent' || right.is === 'absent') return condition.by === 'notEqual';
      const order =
        left.is === 'number' && right.is === 'number'
          ? compare(left.number, right.number)
          : left.is === 'text' && right.is === 'text'
            ? left.text < right.text
              ? -1
              : left.text > right.text
                ? 1
                : 0
            : Number.NaN;
      return { over: order > 0, under: order < 0, atLeast: order >= 0, atMost: order <= 0, equal: order === 0, notEqual: order !== 0 }[
        condition.by
      ];
    }
  }
}
