/** Parts of dates, the edges of months, quarters and years, and whole months or years between two dates, over terms. */
import type { DatePart, Period } from '#kernel';
import { monthsIn } from '../calendar.ts';
import { type CivilTerms, civilTerms, firstOfMonth, keepCivil, monthLength, orderOf } from './civil-terms.ts';
import type { Term } from './term.ts';
import { constantOf, type Terms } from './terms.ts';

export function partOfDateTerm(terms: Terms, date: Term, part: DatePart): Term {
  switch (part) {
    case 'weekday': {
      // 1970-01-01 was a Thursday.
      const since = terms.add(date, terms.int(3));
      const exact = terms.add(terms.subtract(since, terms.scale(terms.floor(since, terms.int(7)), 7n)), terms.int(1));
      if (constantOf(exact) !== undefined) return exact;
      return between(terms, `weekday ${date.id}`, exact, 1n, 7n);
    }
    case 'quarter':
      return terms.floor(terms.add(civilTerms(terms, date).month, terms.int(2)), terms.int(3));
    case 'year':
    case 'month':
      return civilTerms(terms, date)[part];
    case 'day': {
      const { day } = civilTerms(terms, date);
      return day.node === 'linear' && day.parts.length > 0 ? between(terms, `day ${date.id}`, day, 1n, 31n) : day;
    }
  }
}

/** The same number by a name of its own, with an interval that a sum would not be known to have. */
function between(terms: Terms, name: string, exact: Term, low: bigint, high: bigint): Term {
  const named: Term = terms.opaque(
    name,
    'Int',
    { determined: true, definition: () => exact, lemmas: () => [terms.equal(named, exact)] },
    { low, high },
  );
  return named;
}

const longest: { readonly [Name in Period]: number } = { month: 30, quarter: 91, year: 365 };
export function edgeOfPeriodTerm(terms: Terms, date: Term, edge: 'first' | 'last', period: Period): Term {
  const whole = (): CivilTerms & { readonly at: Term } => {
    const { year, month } = civilTerms(terms, date);
    const length = terms.int(monthsIn[period]);
    const begins =
      period === 'month'
        ? month
        : terms.add(terms.scale(terms.floor(terms.subtract(month, terms.int(1)), length), BigInt(monthsIn[period])), terms.int(1));
    if (edge === 'first') return { year, month: begins, day: terms.int(1), at: firstOfMonth(terms, year, begins) };
    const ends = terms.add(begins, length, terms.int(-1));
    const day = monthLength(terms, year, ends);
    return { year, month: ends, day, at: terms.add(firstOfMonth(terms, year, ends), day, terms.int(-1)) };
  };
  const most = BigInt(longest[period]);
  const found: Term = terms.opaque(
    `${edge} ${period} ${date.id}`,
    'Int',
    {
      definition: () => whole().at,
      grows: { by: `${edge} ${period}`, of: date },
      lemmas: () => {
        const apart = edge === 'first' ? terms.subtract(date, found) : terms.subtract(found, date);
        return [terms.lessOrEqual(terms.int(0), apart), terms.lessOrEqual(apart, terms.int(most)), ...orderOf(terms, found)];
      },
    },
    edge === 'first'
      ? { low: date.low === null ? null : date.low - most, high: date.high }
      : { low: date.low, high: date.high === null ? null : date.high + most },
  );
  keepCivil(terms, found, whole());
  return found;
}

/** Whole months, or years, towards 0. */
export function periodsBetweenTerm(terms: Terms, from: Term, to: Term, unit: 'months' | 'years'): Term {
  const [a, b] = [civilTerms(terms, from), civilTerms(terms, to)];
  const one = (when: Term): Term => terms.choose(when, terms.int(1), terms.int(0));
  const forth = (earlier: CivilTerms, later: CivilTerms): Term => {
    const months = terms.subtract(terms.subtract(later.month, earlier.month), one(terms.less(later.day, earlier.day)));
    const years = terms.subtract(later.year, earlier.year);
    return unit === 'years' ? terms.add(years, terms.floor(months, terms.int(12))) : terms.add(terms.scale(years, 12n), months);
  };
  const [up, down] = [forth(a, b), forth(b, a)];
  const forward = terms.lessOrEqual(from, to);
  return terms.choose(forward, up, terms.scale(down, -1n));
}
