/** Values as a person of this system reads them: its locale, its time zone, its currency. Amounts stay text, so that none is rounded. Pure. */
import type { Json, ModelJson, Widget } from '#api/client';
import { membersOf } from './json-members.ts';

export interface Place {
  readonly locale: string;
  readonly timeZone: string | undefined;
  readonly currency: { readonly code: string; readonly digits: number };
}

export const anywhere: Place = {
  locale: typeof navigator === 'undefined' ? 'en' : navigator.language,
  timeZone: undefined,
  currency: { code: 'EUR', digits: 2 },
};
export const placeOf = (model: ModelJson): Place => ({
  locale: knownLocale(model.locale),
  timeZone: model.timeZone,
  currency: model.currency,
});

const knownLocale = (locale: string): string => {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
};

const formatters = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
function numbers(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${locale}${JSON.stringify(options)}`;
  const made = formatters.get(key) ?? new Intl.NumberFormat(locale, options);
  formatters.set(key, made);
  return made as Intl.NumberFormat;
}
function dates(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${locale}${JSON.stringify(options)}`;
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made as Intl.DateTimeFormat;
}

export const isNumberText = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);

export function formatMoney(value: Json, place: Place): string {
  const amount = membersOf(value)?.['amount'];
  const currency = membersOf(value)?.['currency'];
  if (typeof amount !== 'string' || typeof currency !== 'string' || !isNumberText(amount)) return formatUnknown(value);
  const digits = Math.max(amount.split('.')[1]?.length ?? 0, currency === place.currency.code ? place.currency.digits : 0);
  return numbers(place.locale, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    amount,
  );
}
export function formatNumber(value: Json, place: Place, scale?: number | null): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !isNumberText(text)) return formatUnknown(value);
  const digits = scale ?? text.split('.')[1]?.length ?? 0;
  return numbers(place.locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: Math.max(digits, text.split('.')[1]?.length ?? 0),
  }).format(text);
}
/** A date has no time zone: it is the same day everywhere. */
export function formatDate(value: Json, place: Place): string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return formatUnknown(value);
  return dates(place.locale, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' }).format(new Date(`${value}T00:00:00Z`));
}
export function formatInstant(value: Json, place: Place, withSeconds = false): string {
  const at = typeof value === 'string' || typeof value === 'number' ? new Date(value) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime())) return formatUnknown(value);
  const zone = place.timeZone === undefined ? {} : { timeZone: place.timeZone };
  return dates(place.locale, {
    ...zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds ? { second: '2-digit' as const } : {}),
  }).format(at);
}
export function formatTime(value: string | number, place: Place): string {
  return dates(place.locale, {
    ...(place.timeZone === undefined ? {} : { timeZone: place.timeZone }),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(value));
}
const lengths = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;
export function formatDuration(value: Json): string {
  if (typeof value !== 'number') return formatUnknown(value);
  if (value === 0) return '0 s';
  let rest = Math.abs(value);
  const parts: string[] = [];
  for (const [unit, length] of lengths) {
    const count = Math.floor(rest / length);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * length;
  }
  return (value < 0 ? '-' : '') + parts.join(' ');
}
/** For costs and waits: "0.42 s", "18 ms". */
export function formatMilliseconds(value: number, place: Place): string {
  if (value >= 60_000) return formatDuration(Math.round(value / 1_000) * 1_000);
  if (value >= 1_000) return `${numbers(place.locale, { maximumFractionDigits: 2 }).format(value / 1_000)} s`;
  return `${numbers(place.locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ms`;
}
export function formatUnknown(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
/** Any value but a reference, as one line of text. */
export function formatValue(
  widget: Widget,
  value: Json | undefined,
  place: Place,
  more: { readonly scale?: number | null; readonly unit?: string | null } = {},
): string {
  if (value === null || value === undefined) return '';
  switch (widget) {
    case 'money':
      return formatMoney(value, place);
    case 'integer':
      return formatNumber(value, place, 0);
    case 'decimal':
      return `${formatNumber(value, place, more.scale ?? null)}${more.unit === null || more.unit === undefined ? '' : ` ${more.unit}`}`;
    case 'date':
      return formatDate(value, place);
    case 'instant':
      return formatInstant(value, place);
    case 'duration':
      return formatDuration(value);
    case 'checkbox':
      return value === true ? 'yes' : 'no';
    case 'list':
      return Array.isArray(value) ? String(value.length) : formatUnknown(value);
    default:
      return formatUnknown(value);
  }
}
/** Widgets whose values stand right-aligned in a table. */
export const isNumeric = (widget: Widget): boolean =>
  widget === 'money' || widget === 'integer' || widget === 'decimal' || widget === 'duration' || widget === 'list';

const agoUnits = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
/** "3 minutes ago", in the words of the console; a date of the system when it is more than a week. */
export function formatAgo(value: string, place: Place, now: number): string {
  const seconds = Math.round((now - new Date(value).getTime()) / 1_000);
  if (Math.abs(seconds) < 45) return 'just now';
  if (Math.abs(seconds) > 7 * 86_400) return formatInstant(value, place);
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  for (const [unit, length] of agoUnits) if (Math.abs(seconds) >= length) return relative.format(-Math.round(seconds / length), unit);
  return relative.format(-1, 'minute');
}
/** The part of a digest that people compare. */
export const shortDigest = (digest: string): string => digest.replace(/^sha256:/, '').slice(0, 8);
