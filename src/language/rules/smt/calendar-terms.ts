/**
 * Adding months to a date, exactly: the algorithms of calendar.ts over terms. As an opaque number, since solvers need long for
 * them: what it never leaves, and that a later day stays later, often is enough.
 */
import { addMonths, civilOf, daysOf } from '../calendar.ts';
import type { Term } from './term.ts';
import { constantOf, type Terms } from './terms.ts';

const inAnEra = 146_097;

export function addMonthsTerm(terms: Terms, date: Term, months: Term): Term {
  const count = constantOf(months);
  if (count === 0n) return date;
  const shortest = count === undefined ? undefined : shiftsOf(Number(count), date);
  const shifted: Term = terms.opaque(
    `months ${date.id} ${months.id}`,
    'Int',
    {
      definition: () => exact(terms, date, months),
      grows: { by: `months ${months.id}`, of: date },
      lemmas: () => {
        const difference = terms.subtract(shifted, date);
        if (shortest !== undefined)
          return [terms.lessOrEqual(terms.int(shortest.least), difference), terms.lessOrEqual(difference, terms.int(shortest.most))];
        // Any span of n months lies between 28 and 31 days a month.
        const [zero, few, many] = [terms.int(0), terms.scale(months, 28n), terms.scale(months, 31n)];
        return [
          terms.implies(
            terms.lessOrEqual(zero, months),
            terms.and(terms.lessOrEqual(few, difference), terms.lessOrEqual(difference, many)),
          ),
          terms.implies(terms.less(months, zero), terms.and(terms.lessOrEqual(many, difference), terms.lessOrEqual(difference, few))),
        ];
      },
    },
    shortest === undefined || date.low === null || date.high === null
      ? {}
      : { low: date.low + BigInt(shortest.least), high: date.high + BigInt(shortest.most) },
  );
  return shifted;
}

const known = new Map<string, { readonly least: number; readonly most: number }>();
/**
 * The fewest and the most days that so many months are, of the days that are meant or over the 400 years after which the calendar repeats.
 * From the first of a month it is the most of that month, from its last day the fewest: what is cut off there is cut off at the end.
 */
export function shiftsOf(months: number, { low, high }: Pick<Term, 'low' | 'high'>): { readonly least: number; readonly most: number } {
  const narrow = low !== null && high !== null && high - low < BigInt(inAnEra);
  const [from, to] = narrow ? [Number(low), Number(high)] : [0, inAnEra - 1];
  const key = `${months} ${from} ${to}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  let [least, most] = [Infinity, -Infinity];
  const look = (day: number): void => {
    const difference = addMonths(day, months) - day;
    least = Math.min(least, difference);
    most = Math.max(most, difference);
  };
  const { year, month } = civilOf(from);
  for (let count = year * 12 + month - 1; ; count++) {
    const first = daysOf({ year: Math.floor(count / 12), month: (count % 12) + 1, day: 1 });
    if (first > to) break;
    const last = daysOf({ year: Math.floor((count + 1) / 12), month: ((count + 1) % 12) + 1, day: 1 }) - 1;
    look(Math.max(first, from));
    look(Math.min(last, to));
  }
  if (known.size > MOST_KNOWN) known.clear();
  known.set(key, { least, most });
  return { least, most };
}
const MOST_KNOWN = 1_000;

function exact(terms: Terms, date: Term, months: Term): Term {
  const int = (value: number): Term => terms.int(value);
  const by = (of: Term, divisor: number): Term => terms.floor(of, int(divisor));
  const rest = (of: Term, divisor: number): Term => terms.subtract(of, terms.scale(by(of, divisor), BigInt(divisor)));
  // civil_from_days
  const z = terms.add(date, int(719_468));
  const era = by(z, inAnEra);
  const day = rest(z, inAnEra);
  const year = by(terms.add(terms.subtract(terms.subtract(day, by(day, 1460)), by(day, 146_096)), by(day, 36_524)), 365);
  const dayOfYear = terms.subtract(day, daysBefore(terms, year));
  const shifted = by(terms.add(terms.scale(dayOfYear, 5n), int(2)), 153);
  const month = terms.choose(terms.less(shifted, int(10)), terms.add(shifted, int(3)), terms.subtract(shifted, int(9)));
  const dayOfMonth = terms.add(terms.subtract(dayOfYear, by(terms.add(terms.scale(shifted, 153n), int(2)), 5)), int(1));
  const january = terms.choose(terms.lessOrEqual(month, int(2)), int(1), int(0));
  const civilYear = terms.add(year, terms.scale(era, 400n), january);
  // The month that is meant, and its length.
  const count = terms.add(terms.scale(civilYear, 12n), month, int(-1), months);
  const toYear = by(count, 12);
  const toMonth = terms.add(terms.subtract(count, terms.scale(toYear, 12n)), int(1));
  const is = (of: Term, value: number): Term => terms.equal(of, int(value));
  const leap = terms.and(is(rest(toYear, 4), 0), terms.or(terms.not(is(rest(toYear, 100), 0)), is(rest(toYear, 400), 0)));
  const length = terms.choose(
    is(toMonth, 2),
    terms.choose(leap, int(29), int(28)),
    terms.choose(terms.or(is(toMonth, 4), is(toMonth, 6), is(toMonth, 9), is(toMonth, 11)), int(30), int(31)),
  );
  const toDay = terms.smaller(dayOfMonth, length);
  // days_from_civil
  const early = terms.lessOrEqual(toMonth, int(2));
  const y = terms.choose(early, terms.subtract(toYear, int(1)), toYear);
  const toEra = by(y, 400);
  const yearOfEra = rest(y, 400);
  const moved = terms.choose(early, terms.add(toMonth, int(9)), terms.subtract(toMonth, int(3)));
  const within = terms.add(by(terms.add(terms.scale(moved, 153n), int(2)), 5), toDay, int(-1));
  return terms.add(terms.scale(toEra, BigInt(inAnEra)), daysBefore(terms, yearOfEra), within, int(-719_468));
}

const daysBefore = (terms: Terms, year: Term): Term =>
  terms.subtract(terms.add(terms.scale(year, 365n), terms.floor(year, terms.int(4))), terms.floor(year, terms.int(100)));
