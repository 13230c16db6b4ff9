/**
 * Parts of dates in SQL, from values of type date. Immutable throughout, so that a constraint and an index may hold them: a date is cut as a
 * timestamp without time zone, and no time zone of a session has a say.
 */
import type { DatePart, Period } from '#kernel';

const names: { readonly [Part in DatePart]: string } = { year: 'year', quarter: 'quarter', month: 'month', day: 'day', weekday: 'isodow' };
const months: { readonly [Name in Period]: number } = { month: 1, quarter: 3, year: 12 };

export const partOfDateSql = (date: string, part: DatePart): string => `extract(${names[part]} FROM ${date})::bigint`;

export const edgeOfPeriodSql = (date: string, edge: 'first' | 'last', period: Period): string =>
  edge === 'first'
    ? `date_trunc('${period}', (${date})::timestamp)::date`
    : `(date_trunc('${period}', (${date})::timestamp) + make_interval(months => ${months[period]}, days => -1))::date`;

/** Dates as months x 32 + day of the month, so that a month is over when its day comes again; the quotient is cut towards zero. */
export function periodsBetweenSql(from: string, to: string, unit: 'months' | 'years'): string {
  const counted = (date: string): string => {
    const part = (name: DatePart): string => partOfDateSql(date, name);
    return `((${part('year')} * 12 + ${part('month')}) * 32 + ${part('day')})`;
  };
  return `((${counted(to)} - ${counted(from)}) / ${unit === 'years' ? 384 : 32})`;
}
