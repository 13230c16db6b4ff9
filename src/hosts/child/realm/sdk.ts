/**
 * What 'theseus/sdk' means inside a component's realm. Definition functions answer what they are given, since definitions are
 * read and never executed; functions of values are the honest ones, on plain values. All are frozen and hold no state; `today` alone belongs to a call, and is made by the realm.
 */
import { addition, compared, type Plain, plainOf, quotientOf, type RoundingWay, scaledOf, valueAt, wholeQuotient } from './arithmetic.ts';
import { dateOfDays, daysOfDate, edgeOfMonths, instantOf, instantText, monthsAfter, monthsApart, partOfDay } from './calendar.ts';

type Items = readonly unknown[] | null | undefined;
type Read = (item: unknown) => Plain | null | undefined;
interface Precision {
  readonly scale: number;
  readonly rounding?: RoundingWay;
}
export type SdkFunction = (...args: never[]) => unknown;

export function sdkFunctions(currencyDigits: number, refuse: SdkFunction): { readonly [name: string]: SdkFunction } {
  const inert = (definition: unknown): unknown => definition;
  const numbers = (items: Items, read: Read): Plain[] =>
    (items ?? []).map((item) => read(item)).filter((value) => value !== null && value !== undefined);
  const best = (items: Items, read: Read, sign: number): Plain | undefined => {
    let found: Plain | undefined;
    for (const value of numbers(items, read)) if (found === undefined || order(value, found) * sign > 0) found = value;
    return found;
  };
  const sum = (items: Items, read: Read): Plain => plainOf(numbers(items, read).map(scaledOf).reduce(addition, scaledOf(0)));
  const functions: { readonly [name: string]: SdkFunction } = {
    entity: inert,
    rule: inert,
    approval: inert,
    access: inert,
    operation: inert,
    view: inert,
    examples: inert,
    example: inert,
    property: inert,
    text: inert,
    integer: inert,
    boolean: inert,
    instant: inert,
    duration: inert,
    email: inert,
    url: inert,
    choice: inert,
    reference: inert,
    list: inert,
    json: inert,
    money: (amount: unknown) => (typeof amount === 'string' ? minorUnits(amount, currencyDigits) : amount),
    date: (date: unknown) => (typeof date === 'string' ? dateOfDays(daysOfDate(date)) : date),
    decimal: (value: unknown) => (typeof value === 'string' ? plainOf(scaledOf(value)) : value),
    quantity: (value: unknown) => (typeof value === 'string' ? plainOf(scaledOf(value)) : value),
    refuse,
    sum,
    count: (items: Items) => (items ?? []).length,
    average: (items: Items, read: Read, precision?: Precision) => {
      const values = numbers(items, read);
      return values.length === 0
        ? undefined
        : divide(
            sum(values, (value) => value as Plain),
            values.length,
            precision ?? { scale: 2 },
          );
    },
    smallest: (items: Items, read: Read) => best(items, read, -1),
    largest: (items: Items, read: Read) => best(items, read, 1),
    min: (left: Plain, right: Plain) => (order(left, right) <= 0 ? left : right),
    max: (left: Plain, right: Plain) => (order(left, right) >= 0 ? left : right),
    percentOf: (amount: Plain, percent: Plain) => {
      const [of, part] = [scaledOf(amount), scaledOf(percent)];
      return plainOf({ ...of, value: wholeQuotient(of.value * part.value, 100n * 10n ** BigInt(part.scale), 'half-up') });
    },
    divide,
    round: (value: Plain, { scale, rounding }: Precision) => rounded(value, scale, rounding ?? 'half-up', currencyDigits),
    addDays: (date: string, days: number) => dateOfDays(daysOfDate(date) + days),
    addMonths: (date: string, months: number) => monthsAfter(date, months),
    addYears: (date: string, years: number) => monthsAfter(date, years * 12),
    monthsBetween: (from: string, to: string) => monthsApart(from, to),
    yearsBetween: (from: string, to: string) => Math.trunc(monthsApart(from, to) / 12) + 0,
    yearOf: (date: string) => partOfDay(date, 'year'),
    quarterOf: (date: string) => partOfDay(date, 'quarter'),
    monthOf: (date: string) => partOfDay(date, 'month'),
    dayOf: (date: string) => partOfDay(date, 'day'),
    weekdayOf: (date: string) => partOfDay(date, 'weekday'),
    startOfMonth: (date: string) => edgeOfMonths(date, 'first', 1),
    endOfMonth: (date: string) => edgeOfMonths(date, 'last', 1),
    startOfQuarter: (date: string) => edgeOfMonths(date, 'first', 3),
    endOfQuarter: (date: string) => edgeOfMonths(date, 'last', 3),
    startOfYear: (date: string) => edgeOfMonths(date, 'first', 12),
    endOfYear: (date: string) => edgeOfMonths(date, 'last', 12),
    instantText: (instant: number) => instantText(instant),
    instantOf: (text: string) => instantOf(text),
    daysBetween: (from: string, to: string) => daysOfDate(to) - daysOfDate(from),
  };
  for (const name of Object.keys(functions)) Object.freeze(functions[name]);
  return Object.freeze(functions);
}

/** Absent where the divisor is 0. */
function divide(left: Plain, right: Plain, { scale, rounding }: Precision): Plain | undefined {
  const [a, b] = [scaledOf(left), scaledOf(right)];
  return b.value === 0n ? undefined : plainOf(quotientOf(a, b, scale, rounding ?? 'half-up'));
}

/** Whole numbers that are rounded are money, in minor units of the system's currency: 1234 at scale 0 is 1200. */
function rounded(value: Plain, scale: number, rounding: RoundingWay, currencyDigits: number): Plain {
  const given = scaledOf(value);
  const has = given.text ? given.scale : currencyDigits;
  if (scale >= has) return given.text ? plainOf({ ...given, value: valueAt(given, scale), scale }) : value;
  const step = 10n ** BigInt(has - scale);
  const kept = wholeQuotient(given.value, step, rounding);
  return plainOf(given.text ? { value: kept, scale, text: true } : { value: kept * step, scale: 0, text: false });
}

function minorUnits(amount: string, digits: number): number {
  const given = scaledOf(amount);
  if (given.scale > digits) throw new RangeError(`${amount.slice(0, 40)} has more than ${digits} digits after the point`);
  return Number(plainOf({ value: valueAt(given, digits), scale: 0, text: false }));
}

/** Dates are texts in their own order; all else is compared as numbers. */
function order(left: Plain, right: Plain): number {
  const dates = typeof left === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(left) && typeof right === 'string';
  return dates ? (left < right ? -1 : left > right ? 1 : 0) : compared(scaledOf(left), scaledOf(right));
}
