/** When something runs: "every morning at 6", "on the first of each month", "every 15 minutes"; with a time zone and what is made up for. */
import { NUMBER_WORDS } from '../lexicon.ts';
import { either, listOf, look, named, optional, phrase, Problem, type Rule, said } from '../rule.ts';
import { wholeNumber } from './values.ts';

export interface RawSchedule {
  readonly cron: string;
  readonly timeZone?: string;
  readonly catchUp?: 'none' | 'last' | 'all';
}
interface Clock {
  readonly hour: number;
  readonly minute: number;
  /** Said as morning or afternoon, or on a clock of 24 hours. */ readonly sure: boolean;
}
/** "6", "6:30", "18:00", "6am", "6 pm", "noon". */
const clock: Rule<Clock> = look('time of day', ({ tokens }, at) => {
  const found: { end: number; value: Clock }[] = [];
  const first = tokens[at];
  if (first?.kind === 'word' && (first.text === 'noon' || first.text === 'midnight'))
    return [{ end: at + 1, value: { hour: first.text === 'noon' ? 12 : 0, minute: 0, sure: true } }];
  const glued = first?.kind === 'mark' ? /^(\d{1,2})(am|pm)$/i.exec(first.text) : null;
  const number = glued?.[1] ?? (first?.kind === 'number' ? first.raw : first?.kind === 'word' ? NUMBER_WORDS[first.text] : undefined);
  if (number === undefined || !/^\d{1,2}$/.test(number)) return [];
  let end = at + 1;
  let minute = 0;
  const [colon, minutes] = [tokens[end], tokens[end + 1]];
  const exact = colon?.kind === 'mark' && colon.text === ':' && minutes?.kind === 'number' && /^[0-5]\d$/.test(minutes.raw);
  if (exact) {
    minute = Number(minutes.raw);
    end += 2;
  }
  const half =
    glued?.[2]?.toLowerCase() ??
    (tokens[end]?.kind === 'word' && /^(am|pm)$/.test(tokens[end]?.text ?? '') ? tokens[end]?.text : undefined);
  if (half !== undefined && glued === null) end += 1;
  if (tokens[end]?.text === "o'clock") end += 1;
  let hour = Number(number);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return [];
    hour = (hour % 12) + (half === 'pm' ? 12 : 0);
  }
  if (hour < 24) found.push({ end, value: { hour, minute, sure: half !== undefined || hour > 12 || exact } });
  return found;
});
export const DAYS: readonly string[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const weekday: Rule<number> = look('day of the week', ({ tokens }, at) => {
  const day = tokens[at]?.kind === 'word' ? DAYS.indexOf((tokens[at]?.text ?? '').replace(/s$/, '')) : -1;
  return day < 0 ? [] : [{ end: at + 1, value: day }];
});
const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const dayOfMonth: Rule<number> = look('day of the month', ({ tokens }, at) => {
  const token = tokens[at];
  const glued = token?.kind === 'mark' ? /^(\d{1,2})(st|nd|rd|th)$/i.exec(token.text)?.[1] : undefined;
  const day = glued !== undefined ? Number(glued) : token?.kind === 'word' ? ORDINALS.indexOf(token.text) : -1;
  return day < 1 || day > 31 ? [] : [{ end: at + 1, value: day }];
});
const telling = (why: string): Problem => new Problem(why, undefined, true);
const at = (when: Clock | undefined): string => `${when?.minute ?? 0} ${when?.hour ?? 0}`;
const clocks = { when: optional(clock) };

const pattern: Rule<string> = named('times', () =>
  either(
    said('(every|each) hour|hourly|once an hour', '0 * * * *'),
    phrase('every {n} minutes', { n: wholeNumber }, ({ n }) =>
      n > 0 && n < 60 && 60 % n === 0 ? `*/${n} * * * *` : uneven(n, 'minutes', 'hour'),
    ),
    phrase('every {n} hours', { n: wholeNumber }, ({ n }) =>
      n > 1 && n < 24 && 24 % n === 0 ? `0 */${n} * * *` : uneven(n, 'hours', 'day'),
    ),
    phrase('(every day|each day|daily|once a day|every night|each night) [at {when}]', clocks, ({ when }) => `${at(when)} * * *`),
    phrase('at {when} every day', { when: clock }, ({ when }) => `${at(when)} * * *`),
    phrase('(every|each) morning at {when}', { when: clock }, ({ when }) =>
      when.hour < 12 ? `${at(when)} * * *` : telling('A morning ends at noon.'),
    ),
    phrase('(every|each) (evening|afternoon) at {when}', { when: clock }, ({ when }) => {
      const hour = when.hour < 12 && !when.sure ? when.hour + 12 : when.hour;
      return hour >= 12 ? `${when.minute} ${hour} * * *` : telling('That is no time of the afternoon or evening.');
    }),
    phrase(
      '(every|each) (morning|evening|afternoon)',
      {},
      () =>
        new Problem('It does not say at what time.', {
          why: 'At what time of the day?',
          instead: ['every day at 6:00', 'every day at 8:00', 'every day at 18:00'],
        }),
    ),
    phrase('(every|each) (weekday|working day|workday|business day) [at {when}]', clocks, ({ when }) => `${at(when)} * * 1-5`),
    phrase(
      '(every|each|on) {days} [at {when}]',
      { days: listOf('days of the week', weekday, '[,] and'), when: optional(clock) },
      ({ days, when }) => (new Set(days).size === days.length ? `${at(when)} * * ${days.toSorted((a, b) => a - b).join(',')}` : undefined),
    ),
    phrase(
      '(on the|every|each) {day} [day] of (each|every|the) month [at {when}]',
      { day: dayOfMonth, when: optional(clock) },
      ({ day, when }) =>
        day > 28
          ? telling(`Not every month has a day ${day}; the 28th is the last that all have.`)
          : `${when?.minute ?? 0} ${when?.hour ?? 0} ${day} * *`,
    ),
    phrase('(every|each) month [at {when}]', clocks, ({ when }) => `${at(when)} 1 * *`),
    phrase('(on the|on) last [day] of (each|every|the) month [at {when}]', clocks, () =>
      telling('The last day of a month is not always the same; say the first of each month, or the 28th.'),
    ),
  ),
);
const uneven = (n: number, unit: string, whole: string): Problem => telling(`${n} ${unit} do not go evenly into a ${whole}.`);

const zone: Rule<string> = look('time zone', ({ tokens }, from) => {
  const first = tokens[from];
  const [slash, second] = [tokens[from + 1], tokens[from + 2]];
  const text =
    first?.kind === 'quoted'
      ? first.text
      : first?.raw === 'UTC'
        ? 'UTC'
        : slash?.text === '/' && first !== undefined
          ? `${first.raw}/${second?.raw ?? ''}`
          : '';
  const end = first?.kind === 'quoted' || first?.raw === 'UTC' ? from + 1 : from + 3;
  return isZone(text) ? [{ end, value: text }] : [];
});
const isZone = (text: string): boolean => {
  try {
    return text !== '' && new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
export const schedule: Rule<RawSchedule> = named('schedule', () =>
  phrase(
    '{pattern} [(in the time zone|in time zone|in|by the time of) {zone}]',
    { pattern, zone: optional(zone) },
    ({ pattern: cron, zone: timeZone }): RawSchedule => ({
      cron,
      ...(timeZone === undefined ? {} : { timeZone }),
    }),
  ),
);
/** After the system was down. */
export const catchUp: Rule<'none' | 'last' | 'all'> = named('what is made up for', () =>
  either(
    said(
      '(;|, and|,|and) (what was missed is not made up for|missed times are left out|do not catch up|without catching up|missed runs are skipped)',
      'none' as const,
    ),
    said('(;|, and|,|and) (the last missed time is made up for|the last missed run is made up for|catch up once)', 'last' as const),
    said(
      '(;|, and|,|and) (each missed time is made up for|every missed time is made up for|all missed runs are made up for|catch up on all of them)',
      'all' as const,
    ),
  ),
);
const TWO = (value: number): string => String(value).padStart(2, '0');
const ordinal = (day: number): string =>
  day < ORDINALS.length
    ? (ORDINALS[day] ?? '')
    : `${day}${day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th'}`;
/** "every day at 6:00": of the patterns that a sentence makes. */
export function scheduleWords(cron: string): string | undefined {
  const [minute = '', hour = '', day = '', , week = ''] = cron.split(' ');
  if (minute.startsWith('*/')) return `every ${minute.slice(2)} minutes`;
  if (hour === '*') return minute === '0' ? 'every hour' : undefined;
  if (hour.startsWith('*/')) return `every ${hour.slice(2)} hours`;
  const time = `at ${hour}:${TWO(Number(minute))}`;
  if (day !== '*') return `on the ${ordinal(Number(day))} of each month ${time}`;
  if (week === '*') return `every day ${time}`;
  if (week === '1-5') return `every weekday ${time}`;
  const days = week.split(',').map((each) => (DAYS[Number(each)] ?? '').replace(/^./, (letter) => letter.toUpperCase()));
  const last = days.at(-1) ?? '';
  return `every ${days.length > 1 ? `${days.slice(0, -1).join(', ')} and ${last}` : last} ${time}`;
}
