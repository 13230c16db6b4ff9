/**
 * Adding months to a date, exactly: the algorithms of calendar.ts over terms. As an opaque number, since solvers need long for
 * them: what it never leaves, and that a later day stays later, often is enough.
 */
import { addMonths, civilOf, daysOf } from '../calendar.ts';
import { type CivilTerms, civilTerms, firstOfMonth, keepCivil, monthLength, orderOf } from './civil-terms.ts';
import type { Term } from './term.ts';
import { byCases, constantOf, type Terms } from './terms.ts';

const inAnEra = 146_097;

export function addMonthsTerm(terms: Terms, date: Term, months: Term): Term {
  const count = constantOf(months);
  if (count === 0n) return date;
  const shortest = count === undefined ? undefined : shiftsOf(Number(count), date);
  const shifted: Term = terms.opaque(
    `months ${date.id} ${months.id}`,
    'Int',
    {
      definition: () => exact(terms, shifted, date, months),
      grows: { by: `months ${months.id}`, of: date },
      lemmas: () => {
        const difference = terms.subtract(shifted, date);
        const order = orderOf(terms, shifted);
        if (shortest !== undefined)
          return [
            ...order,
            terms.lessOrEqual(terms.int(shortest.least), difference),
            terms.lessOrEqual(difference, terms.int(shortest.most)),
          ];
        // Any span of n months lies between 28 and 31 days a month.
        const [zero, few, many] = [terms.int(0), terms.scale(months, 28n), terms.scale(months, 31n)];
        return [
          ...order,
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

function exact(terms: Terms, shifted: Term, date: Term, months: Term): Term {
  const { year, month, day } = civilTerms(terms, date);
  const count = terms.add(month, terms.int(-1), months);
  const carried = terms.floor(count, terms.int(12));
  const to = (years: Term): CivilTerms => {
    const [toYear, toMonth] = [terms.add(year, years), terms.add(terms.subtract(count, terms.scale(years, 12n)), terms.int(1))];
    return { year: toYear, month: toMonth, day: terms.smaller(day, monthLength(terms, toYear, toMonth)) };
  };
  const days = byCases(terms, carried, (years) => {
    const there = to(years);
    return terms.add(firstOfMonth(terms, there.year, there.month), there.day, terms.int(-1));
  });
  keepCivil(terms, shifted, { ...to(carried), day: byCases(terms, carried, (years) => to(years).day) });
  return days;
}
