/** The date of a moment in a time zone, as 2026-01-31. */
const formats = new Map<string, Intl.DateTimeFormat>();

export function dateIn(timeZone: string, at: number): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, format);
  return format.format(at);
}
