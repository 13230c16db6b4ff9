/** Calls about dates: constants and today, moved dates, their parts, the edges of months, quarters and years, and what lies between two. */
import type { DatePart, Expression, Period } from '#kernel';
import { daysOfText } from '../calendar.ts';
import { dateType, numberType } from '../value-type.ts';
import { argumentsOf } from './arguments.ts';
import { literalText } from './literals.ts';
import { dateAt, numberAt } from './needed.ts';
import type { Call, Parsing, Place } from './parsing.ts';
import { stop, type Syntax } from './syntax.ts';

export const dateCalls: { readonly [name: string]: Call } = {
  date: (_, at) => {
    const [argument] = argumentsOf(at, 1, "Write `date('2026-01-31')`.");
    const value = argument === undefined ? undefined : daysOfText(literalText(argument, "`date('2026-01-31')`"));
    return value === undefined
      ? stop(at, "This is no date of the calendar: write `date('2026-01-31')`.")
      : { node: 'constant', type: dateType, value };
  },
  today: (_, at) => {
    argumentsOf(at, 0, 'Write `today()`.');
    return { node: 'today', type: dateType };
  },
  addDays: (parsing, at, place) => addToDate(parsing, at, place, 'days'),
  addMonths: (parsing, at, place) => addToDate(parsing, at, place, 'months'),
  addYears: (parsing, at, place) => addToDate(parsing, at, place, 'years'),
  daysBetween: (parsing, at, place) => ({ node: 'daysBetween', ...fromTo(parsing, at, place, 'daysBetween'), type: numberType(0) }),
  monthsBetween: between('months'),
  yearsBetween: between('years'),
  yearOf: part('year'),
  quarterOf: part('quarter'),
  monthOf: part('month'),
  dayOf: part('day'),
  weekdayOf: part('weekday'),
  startOfMonth: edge('startOfMonth', 'first', 'month'),
  endOfMonth: edge('endOfMonth', 'last', 'month'),
  startOfQuarter: edge('startOfQuarter', 'first', 'quarter'),
  endOfQuarter: edge('endOfQuarter', 'last', 'quarter'),
  startOfYear: edge('startOfYear', 'first', 'year'),
  endOfYear: edge('endOfYear', 'last', 'year'),
};

/** What other libraries call it; where theirs take the later date first, ours takes the earlier one. */
export const ofDateLibraries: { readonly [name: string]: string } = {
  differenceInDays: 'daysBetween(earlier, later)',
  differenceInCalendarDays: 'daysBetween(earlier, later)',
  differenceInMonths: 'monthsBetween(earlier, later)',
  differenceInYears: 'yearsBetween(earlier, later)',
  getYear: 'yearOf(day)',
  getQuarter: 'quarterOf(day)',
  getMonth: 'monthOf(day)',
  getDate: 'dayOf(day)',
  getDay: 'weekdayOf(day)',
  getISODay: 'weekdayOf(day)',
  getDaysInMonth: 'dayOf(endOfMonth(day))',
  lastDayOfMonth: 'endOfMonth(day)',
  isWeekend: 'weekdayOf(day) >= 6',
  isBefore: 'day < other',
  isAfter: 'day > other',
  subDays: 'addDays(day, -1)',
  subMonths: 'addMonths(day, -1)',
  subYears: 'addYears(day, -1)',
};

function part(name: DatePart): Call {
  return (parsing, at, place) => {
    const of = oneDate(parsing, at, place, `${name}Of`);
    return { node: 'partOfDate', of, part: name, type: numberType(0) };
  };
}
function edge(name: string, which: 'first' | 'last', period: Period): Call {
  return (parsing, at, place) => ({ node: 'edgeOfPeriod', of: oneDate(parsing, at, place, name), edge: which, period, type: dateType });
}
function between(unit: 'months' | 'years'): Call {
  return (parsing, at, place) => ({
    node: 'periodsBetween',
    ...fromTo(parsing, at, place, `${unit}Between`),
    unit,
    type: numberType(0),
  });
}

function oneDate(parsing: Parsing, at: Syntax, place: Place, name: string): Expression {
  const [argument] = argumentsOf(at, 1, `Write \`${name}(date)\`.`);
  return dateAt(parsing, argument ?? at, place);
}
function fromTo(parsing: Parsing, at: Syntax, place: Place, name: string): { readonly left: Expression; readonly right: Expression } {
  const given = argumentsOf(at, 2, `Write \`${name}(from, to)\`.`);
  return { left: dateAt(parsing, given[0] ?? at, place), right: dateAt(parsing, given[1] ?? at, place) };
}

const examples = { days: '`addDays(date, 30)`', months: '`addMonths(date, 1)`', years: '`addYears(date, 1)`' };
/** A year is twelve months: 29 February becomes 28 February where there is no other. */
function addToDate(parsing: Parsing, at: Syntax, place: Place, unit: 'days' | 'months' | 'years'): Expression {
  const given = argumentsOf(at, 2, `Write ${examples[unit]}.`);
  const of = dateAt(parsing, given[0] ?? at, place);
  const { value, type } = numberAt(parsing, given[1] ?? at, place);
  if (type.scale !== 0 || type.money) return stop(given[1] ?? at, `A date is moved by whole ${unit}.`);
  if (unit !== 'years') return { node: 'addToDate', of, amount: value, unit, type: dateType };
  const twelve: Expression = { node: 'constant', type: numberType(0), value: 12 };
  const amount: Expression =
    value.node === 'constant' && typeof value.value === 'number'
      ? { ...value, value: value.value * 12 }
      : { node: 'binary', op: 'multiply', left: value, right: twelve, type: numberType(0) };
  return { node: 'addToDate', of, amount, unit: 'months', type: dateType };
}
