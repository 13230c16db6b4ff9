/**
 * Dates of operations: texts such as "2026-01-31", reckoned as whole days of the Gregorian calendar. After Howard Hinnant's
 * "chrono-compatible low-level date algorithms". Needed because a component's realm has no Date.
 */
export function daysOfDate(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(date));
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  if (match === null || year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    throw new RangeError(`${String(date).slice(0, 40)} is no date such as 2026-01-31`);
  return daysOfCivil(year, month, day);
}

export function dateOfDays(days: number): string {
  const { year, month, day } = civilOfDays(days);
  if (!Number.isSafeInteger(days) || year < 1 || year > 9999) throw new RangeError('a date before the year 1 or after the year 9999');
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The same day of the month that many months on, or the month's last day where it has no such day. */
export function monthsAfter(date: string, months: number): string {
  const { year, month, day } = civilOfDays(daysOfDate(date));
  const count = year * 12 + month - 1 + months;
  const toYear = Math.floor(count / 12);
  const toMonth = count - toYear * 12 + 1;
  if (!Number.isSafeInteger(count)) throw new RangeError('a whole number of months is needed');
  return dateOfDays(daysOfCivil(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth))));
}

/** The days of the week are 1, Monday, to 7, Sunday; 1970-01-01 was a Thursday. */
export function partOfDay(date: string, part: 'year' | 'quarter' | 'month' | 'day' | 'weekday'): number {
  const days = daysOfDate(date);
  if (part === 'weekday') return ((((days + 3) % 7) + 7) % 7) + 1;
  const civil = civilOfDays(days);
  return part === 'quarter' ? Math.floor((civil.month + 2) / 3) : civil[part];
}

/** The first or the last day of as many months as make up a month, a quarter or a year. */
export function edgeOfMonths(date: string, edge: 'first' | 'last', months: 1 | 3 | 12): string {
  const { year, month } = civilOfDays(daysOfDate(date));
  const begins = Math.floor((month - 1) / months) * months + 1;
  const ends = begins + months - 1;
  return dateOfDays(edge === 'first' ? daysOfCivil(year, begins, 1) : daysOfCivil(year, ends, daysInMonth(year, ends)));
}

/** Whole months, towards 0: one is over when the day of the month comes again. */
export function monthsApart(from: string, to: string): number {
  const [a, b] = [civilOfDays(daysOfDate(from)), civilOfDays(daysOfDate(to))];
  return Math.trunc(((b.year - a.year) * 384 + (b.month - a.month) * 32 + b.day - a.day) / 32) + 0;
}

/** "2026-01-31T09:30:00.000Z" of milliseconds since 1970. */
export function instantText(instant: number): string {
  if (!Number.isSafeInteger(instant)) throw new RangeError('an instant is whole milliseconds since 1970');
  const days = Math.floor(instant / dayMs);
  const rest = instant - days * dayMs;
  const part = (of: number, count: number, digits = 2): string => String(Math.floor(rest / of) % count).padStart(digits, '0');
  return `${dateOfDays(days)}T${part(3_600_000, 24)}:${part(60_000, 60)}:${part(1_000, 60)}.${part(1, 1_000, 3)}Z`;
}

/** Milliseconds since 1970 of a text with its offset, as RFC 3339 writes it; thrown where it is none. */
export function instantOf(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/.exec(String(text));
  const [hours, minutes, seconds, offHours, offMinutes] = [2, 3, 4, 7, 8].map((at) => Number(match?.[at] ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (match === null || hours > 23 || minutes > 59 || seconds > 59 || offHours > 23 || offMinutes > 59)
    throw new RangeError(`${String(text).slice(0, 40)} is no instant such as 2026-01-31T09:30:00Z`);
  const offset = (offHours * 60 + offMinutes) * 60_000 * (match[6] === '-' ? -1 : 1);
  const fraction = Number((match[5] ?? '').slice(0, 3).padEnd(3, '0'));
  return daysOfDate(match[1] ?? '') * dayMs + hours * 3_600_000 + minutes * 60_000 + seconds * 1_000 + fraction - offset;
}
const dayMs = 86_400_000;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function daysOfCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function civilOfDays(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}
