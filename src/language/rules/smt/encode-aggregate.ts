/** Aggregates over a list as folds of it. Faults are those that JavaScript meets: of `where` for all items, of the value for those that are kept. */
import type { Expression } from '#kernel';
import { scaleOf } from '../value-type.ts';
import type { Folds } from './folds.ts';
import { quotientOf } from './rounding.ts';
import type { Term } from './term.ts';
import type { Terms } from './terms.ts';
import { type List, type ListValue, type Names, outside, type Row, rowValue, type Scalar, truthOf } from './value.ts';

type Aggregate = Extract<Expression, { node: 'aggregate' }>;
/** What encodes the parts of an aggregate. */
export interface Encoding {
  readonly terms: Terms;
  readonly folds: Folds;
  scalar(at: Expression, names: Names): Scalar;
  list(at: Expression, names: Names): ListValue;
  item(list: List, place: number | undefined): Row;
}
/** What one item is to an aggregate. */
interface Item {
  readonly kept: Term;
  readonly whereFault: Term;
  readonly value: Scalar;
}

export function encodeAggregate(encoder: Encoding, at: Aggregate, names: Names): Scalar {
  const { terms, folds } = encoder;
  const { list, length, fault } = encoder.list(at.over, names);
  const known = new Map<Row, Item>();
  const item = (row: Row): Item => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const inside: Names = new Map(names).set(at.item, rowValue(terms, row));
    const where = at.where === undefined ? undefined : encoder.scalar(at.where, inside);
    const made: Item = {
      kept: where === undefined ? terms.true : truthOf(terms, where),
      whereFault: where?.fault ?? terms.false,
      value:
        at.value === undefined
          ? { kind: 'scalar', absent: terms.true, value: terms.int(0), fault: terms.false }
          : encoder.scalar(at.value, inside),
    };
    known.set(row, made);
    return made;
  };
  const some = (each: (item: Item) => Term): Term => folds.some(list, length, (row) => each(item(row)));
  const sum = (each: (item: Item) => Term): Term => folds.sum(list, length, (row) => each(item(row)));
  const zero = terms.int(0);
  const counted = ({ kept, value }: Item): Term => terms.and(kept, terms.not(value.absent));
  const added = (one: Item): Term => terms.choose(counted(one), one.value.value, zero);
  const made = (absent: Term, value: Term, more: Term): Scalar => ({ kind: 'scalar', absent, value, fault: terms.or(fault, more) });
  const whereFaults = some((one) => one.whereFault);
  const faults = terms.or(
    whereFaults,
    some((one) => terms.and(one.kept, one.value.fault)),
  );
  const ranged = (absent: Term, value: Term): Scalar =>
    made(absent, value, terms.or(faults, terms.and(terms.not(absent), outside(terms, value))));

  switch (at.op) {
    case 'count':
      return made(
        terms.false,
        sum(({ kept }) => terms.choose(kept, terms.int(1), zero)),
        whereFaults,
      );
    case 'sum':
      return ranged(terms.false, sum(added));
    case 'some':
    case 'every': {
      const wanted = ({ kept, value }: Item): Term => {
        const truth = truthOf(terms, value);
        return terms.and(kept, at.op === 'some' ? truth : terms.not(truth));
      };
      const found = some(wanted);
      // It stops at the first that it wants: faults of later ones are never met.
      const any = item(encoder.item(list, undefined));
      const possible = terms.and(any.kept, any.value.fault);
      const wide = some((one) => terms.and(one.kept, one.value.fault));
      const met: Term =
        possible === terms.false
          ? terms.false
          : terms.opaque(`met ${list.key} ${length.id} ${possible.id} ${wanted(any).id}`, 'Bool', {
              definition: () => {
                let [stopped, faulty] = [terms.false, terms.false];
                for (const { row, there } of folds.items(list, length)) {
                  const one = item(row);
                  faulty = terms.or(faulty, terms.and(there, terms.not(stopped), one.kept, one.value.fault));
                  stopped = terms.or(stopped, terms.and(there, wanted(one)));
                }
                return faulty;
              },
              lemmas: () => [terms.implies(met, wide)],
            });
      return made(terms.false, at.op === 'some' ? found : terms.not(found), terms.or(whereFaults, met));
    }
    case 'smallest':
    case 'largest': {
      const absent = terms.not(some(counted));
      const sign = at.op === 'smallest' ? 1n : -1n;
      const best = folds.smallest(
        list,
        length,
        (row) => counted(item(row)),
        (row) => terms.scale(item(row).value.value, sign),
      );
      return ranged(absent, terms.scale(best, sign));
    }
    case 'average': {
      const count = sum((one) => terms.choose(counted(one), terms.int(1), zero));
      const total = sum(added);
      const absent = terms.equal(count, zero);
      const shift = scaleOf(at.type) - scaleOf(at.value?.type ?? at.type);
      const { low, high } = item(encoder.item(list, undefined)).value.value;
      const factor = 10n ** BigInt(Math.max(shift, 0));
      const bounds = shift < 0 || low === null || high === null ? {} : { low: low * factor, high: high * factor };
      const name = `average ${total.id} ${count.id} ${shift} ${at.rounding ?? 'half-up'}`;
      const average: Term = terms.opaque(
        name,
        'Int',
        {
          definition: () =>
            terms.choose(absent, terms.int(bounds.low ?? 0n), quotientOf(terms, total, count, shift, at.rounding ?? 'half-up')),
          lemmas: () => (shift < 0 ? [] : averageLemmas(average)),
        },
        bounds,
      );
      /** Between the smallest and the largest, and within a sum of one sign: rounding passes no whole number, and those are whole. */
      const averageLemmas = (of: Term): readonly Term[] => {
        const any = item(encoder.item(list, undefined));
        const apart = (sign: bigint): readonly Term[] => {
          const best = folds.smallestKnown(list, length, counted(any), terms.scale(any.value.value, sign));
          const least = best === undefined ? [] : [terms.lessOrEqual(terms.scale(best, factor), terms.scale(of, sign))];
          const within = terms.lessOrEqual(terms.scale(of, sign), terms.scale(total, sign * factor));
          return [...least, terms.implies(terms.lessOrEqual(zero, terms.scale(total, sign)), within)];
        };
        return [...apart(1n), ...apart(-1n)].map((lemma) => terms.or(absent, lemma));
      };
      return ranged(absent, average);
    }
  }
}
