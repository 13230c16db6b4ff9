/**
 * The functions that emitted rules call: exact arithmetic on safe integers, and lists. Total: an absent value goes through,
 * a result that does not fit is a Fault('overflow'), nothing else is thrown. Never: floating point results, the clock.
 */
import type { DatePart, Period, PermanentId, Rounding } from '#kernel';
import { Fault } from '#kernel';
import { addMonths, edgeOfPeriod, firstDay, lastDay, monthsBetween, partOfDate, yearsBetween } from './calendar.ts';

/** What a rule may ask besides its inputs. `follow` and `related` are asked only where it reads other rows. */
export interface RuleContext {
  /** Whole days since 1970-01-01 in the system's time zone. */
  readonly today: number;
  /** The row of that entity with that id, as rule values by field name; null where there is none. */
  readonly follow?: (entity: PermanentId, id: string) => unknown;
  /** The rows of that entity whose reference field `via` holds the id. */
  readonly related?: (entity: PermanentId, via: PermanentId, id: string) => readonly unknown[];
}

type Maybe = number | null;
type Read = (item: unknown) => unknown;

const overflow = (): never => {
  throw new Fault('overflow', 'a number of a rule leaves the range that is exact');
};
const safe = (value: number): number => (Number.isSafeInteger(value) ? value + 0 : overflow());
const safeBig = (value: bigint): number => safe(Number(value));
const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/** left / right to a whole number. */
function quotient(left: bigint, right: bigint, rounding: Rounding): bigint {
  const whole = left / right;
  const rest = left % right;
  if (rest === 0n || rounding === 'down') return whole;
  const away = left < 0n === right < 0n ? whole + 1n : whole - 1n;
  if (rounding === 'up') return away;
  const twice = absolute(rest) * 2n;
  const size = absolute(right);
  if (twice !== size) return twice > size ? away : whole;
  return rounding === 'half-up' || whole % 2n !== 0n ? away : whole;
}

function total(values: readonly number[]): bigint {
  let sum = 0;
  let large = 0n;
  for (const value of values) {
    const next = sum + value;
    if (Number.isSafeInteger(next)) sum = next;
    else [large, sum] = [large + BigInt(sum), value];
  }
  return large + BigInt(sum);
}
const numbersOf = (list: readonly unknown[], read: Read): readonly number[] => list.map(read).filter((value) => typeof value === 'number');

export const runtime = {
  field: (row: unknown, name: string): unknown => {
    if (typeof row !== 'object' || row === null || !Object.hasOwn(row, name)) return null;
    return (row as { readonly [name: string]: unknown })[name] ?? null;
  },
  list: (row: unknown, name: string): readonly unknown[] => {
    const list = runtime.field(row, name);
    return Array.isArray(list) ? list : [];
  },
  follow: (context: RuleContext, entity: PermanentId, id: unknown): unknown => {
    if (typeof id !== 'string') return null;
    if (context.follow === undefined) throw new Fault('bug', 'a rule that follows a reference was given no way to do so');
    return context.follow(entity, id) ?? null;
  },
  related: (context: RuleContext, entity: PermanentId, via: PermanentId, row: unknown): readonly unknown[] => {
    const id = runtime.field(row, 'id');
    if (typeof id !== 'string') return [];
    if (context.related === undefined) throw new Fault('bug', 'a rule that reads related rows was given no way to do so');
    return context.related(entity, via, id);
  },
  /** value x factor; factor is a power of ten. */
  scaled: (value: Maybe, factor: number): Maybe => (value === null ? null : safe(value * factor)),
  add: (a: Maybe, b: Maybe): Maybe => (a === null || b === null ? null : safe(a + b)),
  subtract: (a: Maybe, b: Maybe): Maybe => (a === null || b === null ? null : safe(a - b)),
  multiply: (a: Maybe, b: Maybe): Maybe => (a === null || b === null ? null : safe(a * b)),
  negate: (a: Maybe): Maybe => (a === null ? null : 0 - a),
  smaller: (a: Maybe, b: Maybe): Maybe => (a === null ? b : b === null ? a : a < b ? a : b),
  larger: (a: Maybe, b: Maybe): Maybe => (a === null ? b : b === null ? a : a > b ? a : b),
  less: (a: Maybe, b: Maybe): boolean => a !== null && b !== null && a < b,
  lessOrEqual: (a: Maybe, b: Maybe): boolean => a !== null && b !== null && a <= b,
  /** (left x 10^shift) / right; a negative shift makes the divisor larger. Absent where right is 0. */
  divide: (left: Maybe, right: Maybe, shift: number, rounding: Rounding): Maybe => {
    if (left === null || right === null || right === 0) return null;
    const numerator = shift > 0 ? BigInt(left) * 10n ** BigInt(shift) : BigInt(left);
    const denominator = shift < 0 ? BigInt(right) * 10n ** BigInt(-shift) : BigInt(right);
    return safeBig(quotient(numerator, denominator, rounding));
  },
  addDays: (date: Maybe, days: Maybe): Maybe => (date === null || days === null ? null : runtime.day(date + days)),
  addMonths: (date: Maybe, months: Maybe): Maybe => {
    if (date === null || months === null) return null;
    return Math.abs(months) > 120_000 ? overflow() : runtime.day(addMonths(date, months));
  },
  partOfDate: (date: Maybe, part: DatePart): Maybe => (date === null ? null : partOfDate(date, part)),
  edgeOfPeriod: (date: Maybe, edge: 'first' | 'last', period: Period): Maybe => (date === null ? null : edgeOfPeriod(date, edge, period)),
  monthsBetween: (from: Maybe, to: Maybe): Maybe => (from === null || to === null ? null : monthsBetween(from, to)),
  yearsBetween: (from: Maybe, to: Maybe): Maybe => (from === null || to === null ? null : yearsBetween(from, to)),
  day: (days: number): number => (days >= firstDay && days <= lastDay ? days : overflow()),
  sum: (list: readonly unknown[], read: Read): number => safeBig(total(numbersOf(list, read))),
  average: (list: readonly unknown[], read: Read, shift: number, rounding: Rounding): Maybe => {
    const values = numbersOf(list, read);
    if (values.length === 0) return null;
    const sum = total(values);
    const count = BigInt(values.length);
    return safeBig(
      shift >= 0 ? quotient(sum * 10n ** BigInt(shift), count, rounding) : quotient(sum, count * 10n ** BigInt(-shift), rounding),
    );
  },
  smallest: (list: readonly unknown[], read: Read): Maybe =>
    numbersOf(list, read).reduce<Maybe>((best, value) => (best === null || value < best ? value : best), null),
  largest: (list: readonly unknown[], read: Read): Maybe =>
    numbersOf(list, read).reduce<Maybe>((best, value) => (best === null || value > best ? value : best), null),
};
