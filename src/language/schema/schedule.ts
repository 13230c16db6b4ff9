/**
 * Schedules of jobs: five fields of cron in a time zone, and the instants that they name. The one file that knows the library
 * (croner). Promises, by the clock on the wall of that zone: an hour that is skipped (spring) is made up for at the first moment
 * after it, once; an hour that comes twice (autumn) runs a fixed time once, at its first coming, and a `*` hour both times.
 * Where day of the month and day of the week are both given, either will do, as cron has it.
 */
import { Cron } from 'croner';

/** Plain fields alone: numbers, names of months and days, `*`, lists, ranges, steps. */
const FIELD = /^(?:[0-9*]|[A-Za-z]{3})(?:[0-9*,/-]|[A-Za-z]{3})*$/;

export interface ScheduleFault {
  readonly member: 'cron' | 'timeZone';
  readonly why: string;
}

/** What is wrong with a schedule, or undefined. */
export function scheduleFault(cron: string, timeZone?: string): ScheduleFault | undefined {
  if (timeZone !== undefined && !isTimeZone(timeZone))
    return { member: 'timeZone', why: `${JSON.stringify(timeZone.slice(0, 60))} is no time zone; write one such as 'Europe/Berlin'` };
  const fields = cron.split(' ');
  const shape =
    "cron has five fields with one space between: minute, hour, day of the month, month, day of the week, such as '0 6 * * 1-5'";
  if (cron.length > 200 || fields.length !== 5 || !fields.every((field) => FIELD.test(field))) return { member: 'cron', why: shape };
  try {
    if (made(cron, timeZone ?? 'UTC').nextRun(new Date(0)) === null)
      return { member: 'cron', why: `${cron} names no instant that ever comes` };
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { member: 'cron', why: `${shape}; ${error.message.replace(/^CronPattern: /, '')}` };
  }
}

/** The instants that a schedule names after one moment and not after another, in order, in milliseconds since 1970; at most `most`, the last ones. */
export function instantsBetween(cron: string, timeZone: string, after: number, until: number, most: number): readonly number[] {
  const schedule = made(cron, timeZone);
  const found: number[] = [];
  for (let next = schedule.nextRun(new Date(after)); next !== null && next.getTime() <= until; next = schedule.nextRun(next)) {
    found.push(next.getTime());
    if (found.length > most) return lastBefore(schedule, until, most);
  }
  return found;
}

/** Counted back from the end, so that a minute's schedule after a year is no work. Reckoned in whole seconds, the end itself included. */
const lastBefore = (schedule: Cron, until: number, most: number): readonly number[] =>
  schedule
    .previousRuns(most + 1, new Date(until + 1_000))
    .map((instant) => instant.getTime())
    .filter((instant) => instant <= until)
    .slice(0, most)
    .sort((a, b) => a - b);

/** The first instant after a moment; null where none comes any more. */
export const nextInstant = (cron: string, timeZone: string, after: number): number | null =>
  made(cron, timeZone).nextRun(new Date(after))?.getTime() ?? null;

const known = new Map<string, Cron>();
const MOST_KNOWN = 1_000;
/** Paused: it is asked for instants and never runs anything. */
function made(cron: string, timeZone: string): Cron {
  const key = `${timeZone} ${cron}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const schedule = new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, schedule);
  return schedule;
}

function isTimeZone(name: string): boolean {
  if (name !== 'UTC' && !/^[A-Z][A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
