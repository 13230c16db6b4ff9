/**
 * The year, the month and the day of a date, over terms. Solvers need long for the algorithm that takes a date apart; but year and month are the
 * only ones whose first day and length hold the date. So they are opaque numbers of which just that is said: it determines them, and their
 * definition by the algorithm counts where a point is evaluated, never in a script.
 */
import { type Civil, civilOf, daysInMonth, daysOf } from '../calendar.ts';
import type { Term } from './term.ts';
import { constantOf, floorOf, type Interval, type Terms } from './terms.ts';

export interface CivilTerms {
  readonly year: Term;
  /** From 1 to 12. */
  readonly month: Term;
  readonly day: Term;
}
const inAnEra = 146_097;
/** Up to so many centuries are told apart one by one. */
const FEW_CENTURIES = 8n;
/** In days: beyond it a date is none, and its year is not reckoned. */
const FAR = 10_000_000n;

/** Dates of which it is known how they were put together need not be taken apart. */
const known = new WeakMap<Terms, Map<Term, CivilTerms>>();
export function keepCivil(terms: Terms, date: Term, civil: CivilTerms): void {
  const of = known.get(terms) ?? new Map<Term, CivilTerms>();
  known.set(terms, of);
  of.set(date, civil);
}

/** Where it is known how a date was put together, that it stands in order with others. */
export function orderOf(terms: Terms, date: Term): readonly Term[] {
  const civil = known.get(terms)?.get(date);
  return civil === undefined ? [] : [inOrder(terms, date, civil)];
}

export function civilTerms(terms: Terms, date: Term): CivilTerms {
  // The definition of what was put together says how.
  if (date.node === 'opaque') date.opaque.definition();
  const before = known.get(terms)?.get(date);
  if (before !== undefined) return before;
  const made = besideKnown(terms, date) ?? takenApart(terms, date);
  keepCivil(terms, date, made);
  return made;
}

/** No month is shorter: so many days on or back lead to the month beside at most. */
const NEAR = 28n;
/** A few days beside a date that was put together, as the end of a month is: in its month, or the one before or behind. */
function besideKnown(terms: Terms, date: Term): CivilTerms | undefined {
  if (date.node !== 'linear') return undefined;
  for (const { times, of } of date.parts) {
    if (times !== 1n || of.node !== 'opaque') continue;
    const apart = terms.subtract(date, of);
    if (apart.low === null || apart.high === null || apart.low < -NEAR || apart.high > NEAR) continue;
    of.opaque.definition();
    const civil = known.get(terms)?.get(of);
    if (civil !== undefined) return movedBy(terms, civil, apart);
  }
  return undefined;
}
function movedBy(terms: Terms, { year, month, day }: CivilTerms, apart: Term): CivilTerms {
  const int = (value: number): Term => terms.int(value);
  const moved = terms.add(day, apart);
  const length = monthLength(terms, year, month);
  const [before, behind] = [terms.less(moved, int(1)), terms.less(length, moved)];
  const [first, last] = [terms.equal(month, int(1)), terms.equal(month, int(12))];
  const earlier = {
    year: terms.add(year, terms.choose(first, int(-1), int(0))),
    month: terms.choose(first, int(12), terms.add(month, int(-1))),
  };
  const among = (there: Term, back: () => Term, on: Term): Term =>
    terms.choose(behind, on, before === terms.false ? there : terms.choose(before, back(), there));
  return {
    year: among(year, () => earlier.year, terms.add(year, terms.choose(last, int(1), int(0)))),
    month: among(month, () => earlier.month, terms.choose(last, int(1), terms.add(month, int(1)))),
    day: among(moved, () => terms.add(moved, monthLength(terms, earlier.year, earlier.month)), terms.subtract(moved, length)),
  };
}

function takenApart(terms: Terms, date: Term): CivilTerms {
  const fixed = constantOf(date);
  if (fixed !== undefined) {
    const { year, month, day } = civilOf(Number(fixed));
    return { year: terms.int(year), month: terms.int(month), day: terms.int(day) };
  }
  const ends = (bound: bigint | null): Civil | null => (bound === null || bound < -FAR || bound > FAR ? null : civilOf(Number(bound)));
  const [low, high] = [ends(date.low), ends(date.high)];
  const years = { low: low === null ? null : BigInt(low.year), high: high === null ? null : BigInt(high.year) };
  const algorithm = lazily(() => byAlgorithm(terms, date));
  const rest = (of: Term, by: number): Term => terms.subtract(of, terms.scale(terms.floor(of, terms.int(by)), BigInt(by)));
  const part = (name: string, definition: () => Term, interval: Interval, lemmas: () => readonly Term[] = () => []): Term =>
    terms.opaque(`${name} ${date.id}`, 'Int', { determined: true, definition, lemmas }, interval);
  /** A year stands as four years and what is left of them: what four divides is then seen without a division. */
  const fours = (of: () => Term, interval: Interval): Term => {
    const quotient = part('fours', () => terms.floor(of(), terms.int(4)), interval, whole);
    return terms.add(
      terms.scale(quotient, 4n),
      part('of four', () => rest(of(), 4), { low: 0n, high: 3n }, whole),
    );
  };
  const ofYear = lazily(() => algorithm().year);
  const floors = (by: bigint): Interval => ({
    low: years.low === null ? null : floorOf(years.low, by),
    high: years.high === null ? null : floorOf(years.high, by),
  });
  const year =
    shortYears(years) === undefined
      ? terms.add(
          terms.scale(
            part(
              'era',
              () => terms.floor(ofYear(), terms.int(400)),
              floors(400n),
              () => whole(),
            ),
            400n,
          ),
          fours(() => rest(ofYear(), 400), { low: 0n, high: 99n }),
        )
      : fours(ofYear, floors(4n));
  const sameYear = low !== null && high !== null && low.year === high.year;
  const month = part(
    'month',
    () => algorithm().month,
    sameYear ? { low: BigInt(low.month), high: BigInt(high.month) } : { low: 1n, high: 12n },
    () => whole(),
  );
  const civil = { year, month, day: terms.add(terms.subtract(date, firstOfMonth(terms, year, month)), terms.int(1)) };
  /** The date lies in that year, and in that month of it; a later date has a later one of what they make up. */
  function whole(): readonly Term[] {
    const inYear = terms.subtract(date, firstOfMonth(terms, year, terms.int(1)));
    const last = terms.choose(leapYear(terms, year), terms.int(365), terms.int(364));
    return [
      terms.lessOrEqual(terms.int(0), inYear),
      terms.lessOrEqual(inYear, last),
      terms.lessOrEqual(terms.int(1), civil.day),
      terms.lessOrEqual(civil.day, monthLength(terms, year, month)),
      inOrder(terms, date, civil),
    ];
  }
  return civil;
}

/** Dates as one number, (12 x year + month) x 32 + day: two of them stand in the order of their dates, and are equal only where those are. */
function inOrder(terms: Terms, date: Term, { year, month, day }: CivilTerms): Term {
  const made = terms.add(terms.scale(year, 384n), terms.scale(month, 32n), day);
  const number = terms.opaque(`in order ${date.id}`, 'Int', {
    determined: true,
    definition: () => made,
    lemmas: () => [],
    grows: { by: 'in order', of: date, strictly: true },
  });
  return terms.equal(number, made);
}

/** civil_from_days, as in calendar.ts. */
function byAlgorithm(terms: Terms, date: Term): { readonly year: Term; readonly month: Term } {
  const int = (value: number): Term => terms.int(value);
  const by = (of: Term, divisor: number): Term => terms.floor(of, int(divisor));
  const z = terms.add(date, int(719_468));
  const era = by(z, inAnEra);
  const day = terms.subtract(z, terms.scale(era, BigInt(inAnEra)));
  const year = by(terms.add(terms.subtract(terms.subtract(day, by(day, 1460)), by(day, 146_096)), by(day, 36_524)), 365);
  const before = terms.subtract(terms.add(terms.scale(year, 365n), by(year, 4)), by(year, 100));
  const shifted = by(terms.add(terms.scale(terms.subtract(day, before), 5n), int(2)), 153);
  const month = terms.choose(terms.less(shifted, int(10)), terms.add(shifted, int(3)), terms.subtract(shifted, int(9)));
  const january = terms.choose(terms.lessOrEqual(month, int(2)), int(1), int(0));
  return { year: terms.add(year, terms.scale(era, 400n), january), month };
}

export function leapYear(terms: Terms, year: Term): Term {
  const divides = (by: number): Term => terms.equal(year, terms.scale(terms.floor(year, terms.int(by)), BigInt(by)));
  const centuries = shortYears(year);
  if (centuries === undefined) return terms.and(divides(4), terms.or(terms.not(divides(100)), divides(400)));
  return terms.and(divides(4), ...centuries.map((century) => terms.not(terms.equal(year, terms.int(century)))));
}

/** The years that 4 divides and that are no leap years, of those that are meant; undefined where they are many. */
function shortYears({ low = null, high = null }: Interval): readonly bigint[] | undefined {
  if (low === null || high === null || high - low > FEW_CENTURIES * 100n) return undefined;
  const found: bigint[] = [];
  for (let century = low / 100n; century * 100n <= high; century++)
    if (century * 100n >= low && century % 4n !== 0n) found.push(century * 100n);
  return found;
}

export function monthLength(terms: Terms, year: Term, month: Term): Term {
  const is = (value: number): Term => terms.equal(month, terms.int(value));
  return terms.choose(
    is(2),
    terms.choose(leapYear(terms, year), terms.int(29), terms.int(28)),
    terms.choose(terms.or(is(4), is(6), is(9), is(11)), terms.int(30), terms.int(31)),
  );
}

/** The first day of a month, in whole days since 1970-01-01. */
export function firstOfMonth(terms: Terms, year: Term, month: Term): Term {
  const [y, m] = [constantOf(year), constantOf(month)];
  if (y !== undefined && m !== undefined) return terms.int(daysOf({ year: Number(y), month: Number(m), day: 1 }));
  return terms.add(firstOfYear(terms, year), daysBefore(terms, year, month));
}
function firstOfYear(terms: Terms, year: Term): Term {
  const int = (value: number): Term => terms.int(value);
  const past = terms.subtract(year, int(1));
  const fours = terms.floor(past, int(4));
  const centuries = shortYears(year);
  if (centuries === undefined)
    return terms.add(
      terms.scale(past, 365n),
      fours,
      terms.scale(terms.floor(past, int(100)), -1n),
      terms.floor(past, int(400)),
      int(-719_162),
    );
  // As many days fewer than a leap year every four years as short years have passed.
  const low = year.low ?? 1n;
  const fixed = BigInt(daysOf({ year: Number(low), month: 1, day: 1 })) - (low - 1n) * 365n - floorOf(low - 1n, 4n);
  const passed = centuries.map((century) => terms.choose(terms.less(terms.int(century), year), int(-1), int(0)));
  return terms.add(terms.scale(past, 365n), fours, terms.int(fixed), ...passed);
}
/** Of that month, the days of the year before it. */
function daysBefore(terms: Terms, year: Term, month: Term): Term {
  const m = constantOf(month);
  const leap = terms.choose(leapYear(terms, year), terms.int(1), terms.int(0));
  const of = (which: number): Term => {
    const common = terms.int(beforeMonth[which - 1] ?? 0);
    return which > 2 ? terms.add(common, leap) : common;
  };
  if (m !== undefined) return of(Number(m));
  const among = (from: number, to: number): Term => {
    if (from === to) return of(from);
    const middle = Math.floor((from + to) / 2);
    return terms.choose(terms.lessOrEqual(month, terms.int(middle)), among(from, middle), among(middle + 1, to));
  };
  return among(1, 12);
}
const beforeMonth = Array.from({ length: 12 }, (_, month) =>
  Array.from({ length: month }, (_before, at) => daysInMonth(2023, at + 1)).reduce((sum, days) => sum + days, 0),
);

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
