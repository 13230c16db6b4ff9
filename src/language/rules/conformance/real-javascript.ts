/**
 * A formula as real JavaScript runs it: the source itself, in a realm of its own, over plain objects. It shares nothing with the parser and the back
 * ends, so that what they make of a source is compared with what the source says. Amounts are whole minor units, dates whole days, choices their names,
 * what is absent is `undefined`. Objects of that realm inherit no names (`constructor`, `toString`): a table has the members that stand in it.
 */
import vm from 'node:vm';

export type Meaning = (row: unknown) => unknown;

/** What compiles sources there. `names` are what they may call; they are JavaScript already, without types. A meaning throws what its source throws. */
export function realJavaScript(names: { readonly [name: string]: unknown }): (source: string) => Meaning {
  const realm = vm.createContext({ ...names });
  vm.runInContext('for (const name of Object.getOwnPropertyNames(Object.prototype)) delete Object.prototype[name];', realm);
  return (source) => vm.runInContext(`'use strict'; (${source})`, realm) as Meaning;
}

const day = 86_400_000;
const of = (days: number): Date => new Date(days * day);
const days = (year: number, month: number, ofMonth: number): number => Date.UTC(year, month, ofMonth) / day;
const year = (at: number): number => of(at).getUTCFullYear();
const month = (at: number): number => of(at).getUTCMonth();
const ofMonth = (at: number): number => of(at).getUTCDate();
const ends = (at: number, first: number, months: number): number => days(year(at), first + months, 0);

function addMonths(at: number, count: number): number {
  const first = days(year(at), month(at) + count, 1);
  return Math.min(first + ofMonth(at) - 1, days(year(first), month(first) + 1, 0));
}
/** Whole months from one day to another: as many as the calendar counts, less one where the last is not over. */
function monthsBetween(from: number, to: number): number {
  const counted = (year(to) - year(from)) * 12 + month(to) - month(from);
  if (counted > 0) return ofMonth(to) < ofMonth(from) ? counted - 1 : counted;
  if (counted < 0) return ofMonth(to) > ofMonth(from) ? counted + 1 : counted;
  return 0;
}

/** A fraction of whole numbers, rounded: 3 / 2 half up is 2. */
function rounded(value: number, by: number, rounding: string): number {
  const [size, part] = [Math.floor(Math.abs(value) / Math.abs(by)), Math.abs(value) % Math.abs(by)];
  const sign = value < 0 === by < 0 ? 1 : -1;
  const twice = part * 2 - Math.abs(by);
  const up =
    rounding === 'up' ? part > 0 : rounding === 'down' ? false : twice > 0 || (twice === 0 && (rounding === 'half-up' || size % 2 === 1));
  return sign * (up ? size + 1 : size);
}
interface Precision {
  readonly scale: number;
  readonly rounding: string;
}
type Read = (item: unknown) => number;
/** Values of formulas here have at most three binary digits after the point: times eight they are whole. */
const eighths = 8;
const quotient =
  (own: number) =>
  (a: number, b: number, { scale, rounding }: Precision): number | undefined =>
    b === 0 ? undefined : atScale(a * eighths, b * eighths, scale - own, rounding);
const atScale = (a: number, b: number, digits: number, rounding: string): number =>
  digits >= 0 ? rounded(a * 10 ** digits, b, rounding) / 10 ** digits : rounded(a, b * 10 ** -digits, rounding) * 10 ** -digits;
const mean =
  (own: number) =>
  (list: readonly unknown[], read: Read, { scale, rounding }: Precision = { scale: 2, rounding: 'half-up' }): number | undefined =>
    list.length === 0
      ? undefined
      : quotient(own)(
          list.reduce<number>((sum, item) => sum + read(item), 0),
          list.length,
          { scale, rounding },
        );
const best =
  (choose: (...values: number[]) => number) =>
  (list: readonly unknown[], read: Read): number | undefined =>
    list.length === 0 ? undefined : choose(...list.map(read));

/** The functions of theseus/sdk for it; `divideMoney`, `averageMoney` and `roundMoney` are those whose result is an amount. */
export const javaScriptFunctions = (today: number): { readonly [name: string]: (...given: never[]) => unknown } => ({
  money: (text: string) => Math.round(Number(text) * 100),
  decimal: Number,
  date: (text: string) => Date.parse(`${text}T00:00:00Z`) / day,
  today: () => today,
  sum: (list: readonly unknown[], read: Read) => list.reduce<number>((sum, item) => sum + read(item), 0),
  count: (list: readonly unknown[]) => list.length,
  smallest: best(Math.min),
  largest: best(Math.max),
  average: mean(0),
  averageMoney: mean(2),
  min: Math.min,
  max: Math.max,
  percentOf: (amount: number, percent: number) => rounded(amount * percent * eighths, 100 * eighths, 'half-up'),
  divide: quotient(0),
  divideMoney: quotient(2),
  round: (value: number, precision: Precision) => quotient(0)(value, 1, precision),
  roundMoney: (value: number, precision: Precision) => quotient(2)(value, 1, precision),
  addDays: (at: number, count: number) => at + count,
  addMonths,
  addYears: (at: number, count: number) => addMonths(at, count * 12),
  daysBetween: (from: number, to: number) => to - from,
  monthsBetween,
  yearsBetween: (from: number, to: number) => Math.trunc(monthsBetween(from, to) / 12),
  yearOf: year,
  quarterOf: (at: number) => Math.floor(month(at) / 3) + 1,
  monthOf: (at: number) => month(at) + 1,
  dayOf: ofMonth,
  weekdayOf: (at: number) => of(at).getUTCDay() || 7,
  startOfMonth: (at: number) => days(year(at), month(at), 1),
  endOfMonth: (at: number) => ends(at, month(at), 1),
  startOfQuarter: (at: number) => days(year(at), month(at) - (month(at) % 3), 1),
  endOfQuarter: (at: number) => ends(at, month(at) - (month(at) % 3), 3),
  startOfYear: (at: number) => days(year(at), 0, 1),
  endOfYear: (at: number) => days(year(at), 12, 0),
});
