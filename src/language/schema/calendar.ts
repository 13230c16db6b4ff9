/** Dates of the proleptic Gregorian calendar as text and as whole days since 1970-01-01. No clock, no time zone. */
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY = 86_400_000;

/** Whole days since 1970-01-01, or undefined: no such date. Years 0001 to 9999. */
export function daysOf(text: string): number | undefined {
  const found = DATE.exec(text);
  if (found === null) return undefined;
  const year = Number(found[1]);
  const month = Number(found[2]);
  const day = Number(found[3]);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / DAY);
}

/** The date text of whole days since 1970-01-01; throws a RangeError outside the years 0001 to 9999. */
export function dateOf(days: number): string {
  const date = new Date(days * DAY);
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new RangeError('a date is outside the years 1 to 9999');
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970 of an RFC 3339 text with Z or an offset, or undefined. Finer than milliseconds is not accepted. */
export function instantOf(text: string): number | undefined {
  const found = INSTANT.exec(text);
  if (found === null) return undefined;
  const days = daysOf(found[1] ?? '');
  const hour = Number(found[2]);
  const minute = Number(found[3]);
  const second = Number(found[4]);
  if (days === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const zone = found[6] ?? 'Z';
  const zoneHours = zone === 'Z' ? 0 : Number(zone.slice(1, 3));
  const zoneMinutes = zone === 'Z' ? 0 : Number(zone.slice(4, 6));
  if (zoneHours > 23 || zoneMinutes > 59) return undefined;
  const offset = (zone.startsWith('-') ? -1 : 1) * (zoneHours * 60 + zoneMinutes) * 60_000;
  const made = days * DAY + hour * 3_600_000 + minute * 60_000 + second * 1000 + Number((found[5] ?? '').padEnd(3, '0')) - offset;
  return made >= FIRST && made <= LAST ? made : undefined;
}
/** The instants of the years 0001 to 9999. */
const FIRST: number = (daysOf('0001-01-01') ?? 0) * DAY;
const LAST: number = (daysOf('9999-12-31') ?? 0) * DAY + DAY - 1;

export const instantText = (milliseconds: number): string => new Date(milliseconds).toISOString();
export { FIRST as firstInstant, LAST as lastInstant };
