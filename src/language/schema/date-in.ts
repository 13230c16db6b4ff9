/** The date of a moment in a time zone, as 2026-01-31. */
interface Known {
  readonly format: Intl.DateTimeFormat;
  /** The last answer, and the second that it is of: no zone is off by less, and many calls ask within one. */
  second: number;
  date: string;
}
const zones = new Map<string, Known>();

export function dateIn(timeZone: string, at: number): string {
  let known = zones.get(timeZone);
  if (known === undefined) {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    known = { format, second: Number.NaN, date: '' };
    zones.set(timeZone, known);
  }
  const second = Math.floor(at / 1_000);
  if (second !== known.second) {
    known.date = known.format.format(at);
    known.second = second;
  }
  return known.date;
}
