/**
 * The calendar of rules: whole days since 1970-01-01, proleptic Gregorian. From Howard Hinnant's "chrono-compatible
 * low-level date algorithms" (days_from_civil, civil_from_days). No clock, no time zone, no Date.
 */
import type { DatePart, Period } from '#kernel';

/** 0001-01-01 and 9999-12-31: the dates that a system knows. */
export const firstDay = -719162;
export const lastDay = 2932896;

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function daysOf({ year, month, day }: Civil): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

export function civilOf(days: number): Civil {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (lengths[month - 1] ?? 30);

/** The same day of the month that many months on, or the month's last day where it has no such day. */
export function addMonths(days: number, months: number): number {
  const { year, month, day } = civilOf(days);
  const count = year * 12 + month - 1 + months;
  const toYear = Math.floor(count / 12);
  const toMonth = count - toYear * 12 + 1;
  return daysOf({ year: toYear, month: toMonth, day: Math.min(day, daysInMonth(toYear, toMonth)) });
}

/** 1970-01-01 was a Thursday. */
export function partOfDate(days: number, part: DatePart): number {
  if (part === 'weekday') return ((((days + 3) % 7) + 7) % 7) + 1;
  const civil = civilOf(days);
  return part === 'quarter' ? Math.floor((civil.month + 2) / 3) : civil[part];
}

/** The first or the last day of the month, quarter or year that a day lies in. */
export function edgeOfPeriod(days: number, edge: 'first' | 'last', period: Period): number {
  const { year, month } = civilOf(days);
  const length = monthsIn[period];
  const begins = Math.floor((month - 1) / length) * length + 1;
  if (edge === 'first') return daysOf({ year, month: begins, day: 1 });
  const ends = begins + length - 1;
  return daysOf({ year, month: ends, day: daysInMonth(year, ends) });
}
export const monthsIn: { readonly [Name in Period]: number } = { month: 1, quarter: 3, year: 12 };

/** Whole months: those by which the months of two days differ, less one where the later day of the month has not come yet. */
export function monthsBetween(from: number, to: number): number {
  const [a, b] = [civilOf(from), civilOf(to)];
  const months = (b.year - a.year) * 12 + b.month - a.month;
  if (months > 0 && b.day < a.day) return months - 1;
  return months < 0 && b.day > a.day ? months + 1 : months + 0;
}
export const yearsBetween = (from: number, to: number): number => Math.trunc(monthsBetween(from, to) / 12) + 0;

/** Whole days of a text such as "2026-01-31"; undefined where it is no date of the calendar. */
export function daysOfText(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return daysOf({ year, month, day });
}

export function textOfDays(days: number): string {
  const { year, month, day } = civilOf(days);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
