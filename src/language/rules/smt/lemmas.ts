/**
 * What might hold of lists of any length, and what of one item would show it: if no item adds less than 0, the sum is not less than 0;
 * if none adds more to one sum than to another, so the sums are. That is induction over the list, its step left to the solver.
 */
import type { Encoded } from './claim.ts';
import type { Fold } from './folds.ts';
import type { Term } from './term.ts';

export interface Lemma {
  /** Must hold of the item that stands for any. */
  readonly step: Term;
  /** Holds of the list then. */
  readonly then: Term;
  /** Known of that item, where the step is looked at. */
  readonly known: readonly Term[];
}
const MOST_SUMS = 6;

export function lemmasFor({ encoder: { terms, folds } }: Encoded): readonly Lemma[] {
  const found: Lemma[] = [];
  const zero = terms.int(0);
  const groups = Map.groupBy(folds.found, (fold) => `${fold.list.key} ${fold.length.id}`);
  for (const group of groups.values()) {
    const known = group.flatMap(universal);
    const learn = (step: Term, then: Term): void => {
      if (then !== terms.true) found.push({ step, then, known });
    };
    const sums = group.filter((fold) => fold.kind === 'sum').slice(0, MOST_SUMS);
    const somes = group.filter((fold) => fold.kind === 'some').slice(0, MOST_SUMS);
    const smallest = group.filter((fold) => fold.kind === 'smallest').slice(0, MOST_SUMS);
    for (const one of sums) {
      learn(terms.lessOrEqual(zero, one.each), terms.lessOrEqual(zero, one.opaque));
      learn(terms.lessOrEqual(one.each, zero), terms.lessOrEqual(one.opaque, zero));
      for (const other of sums) {
        if (other === one) continue;
        learn(terms.lessOrEqual(one.each, other.each), terms.lessOrEqual(one.opaque, other.opaque));
        learn(terms.equal(terms.add(one.each, other.each), zero), terms.equal(terms.add(one.opaque, other.opaque), zero));
        for (const third of sums) {
          if (third === one || third === other || other.opaque.id > third.opaque.id) continue;
          learn(terms.equal(one.each, terms.add(other.each, third.each)), terms.equal(one.opaque, terms.add(other.opaque, third.opaque)));
          learn(
            terms.lessOrEqual(one.each, terms.add(other.each, third.each)),
            terms.lessOrEqual(one.opaque, terms.add(other.opaque, third.opaque)),
          );
        }
      }
      // Of what is the same for all items, the sum is so many times it.
      learn(terms.lessOrEqual(terms.int(1), one.each), terms.lessOrEqual(one.length, one.opaque));
      learn(terms.lessOrEqual(one.each, terms.int(1)), terms.lessOrEqual(one.opaque, one.length));
    }
    for (const one of somes) {
      for (const other of somes) {
        if (other !== one) learn(terms.implies(one.each, other.each), terms.implies(one.opaque, other.opaque));
      }
      learn(one.each, terms.implies(terms.less(zero, one.length), one.opaque));
      learn(terms.not(one.each), terms.not(one.opaque));
      for (const sum of sums) {
        const none = terms.not(one.each);
        learn(terms.implies(none, terms.equal(sum.each, zero)), terms.or(one.opaque, terms.equal(sum.opaque, zero)));
        learn(terms.implies(none, terms.lessOrEqual(zero, sum.each)), terms.or(one.opaque, terms.lessOrEqual(zero, sum.opaque)));
        learn(
          terms.and(terms.lessOrEqual(zero, sum.each), terms.implies(one.each, terms.less(zero, sum.each))),
          terms.implies(one.opaque, terms.less(zero, sum.opaque)),
        );
        learn(
          terms.and(terms.lessOrEqual(sum.each, zero), terms.implies(one.each, terms.less(sum.each, zero))),
          terms.implies(one.opaque, terms.less(sum.opaque, zero)),
        );
      }
    }
    for (const one of smallest) {
      // Where one counts, the smallest is the value of one that does: what holds of all those holds of it.
      for (const exists of whereOneCounts(one, somes)) {
        const learnWhereOneCounts = (step: Term, then: Term): void => learn(terms.implies(one.counts, step), terms.implies(exists, then));
        learnWhereOneCounts(terms.lessOrEqual(zero, one.each), terms.lessOrEqual(zero, one.opaque));
        learnWhereOneCounts(terms.lessOrEqual(one.each, zero), terms.lessOrEqual(one.opaque, zero));
        for (const other of smallest) {
          if (other === one || other.counts !== one.counts) continue;
          learnWhereOneCounts(terms.lessOrEqual(one.each, other.each), terms.lessOrEqual(one.opaque, other.opaque));
          const both = terms.add(one.opaque, other.opaque);
          learnWhereOneCounts(terms.lessOrEqual(terms.add(one.each, other.each), zero), terms.lessOrEqual(both, zero));
        }
        // It is part of a sum to which no item adds less than 0; what is kept as the smallest may be the largest with its sign turned.
        for (const sum of sums) {
          for (const sign of [1n, -1n]) {
            const most = (of: Term, value: Term): Term => terms.lessOrEqual(terms.scale(value, sign), of);
            learn(
              terms.and(terms.lessOrEqual(zero, sum.each), terms.implies(one.counts, most(sum.each, one.each))),
              terms.implies(exists, most(sum.opaque, one.opaque)),
            );
          }
        }
      }
    }
  }
  return found;

  /** Of all items that count where there is any at all, nothing is kept but that there is one. */
  function whereOneCounts(one: Fold, somes: readonly Fold[]): readonly Term[] {
    if (one.counts === terms.true) return [terms.less(zero, one.length)];
    return somes.filter((some) => some.each === one.counts).map((some) => some.opaque);
  }
  /** What is known of every item, for the one that stands for any. */
  function universal(fold: Fold): readonly Term[] {
    const any = terms.less(zero, fold.length);
    switch (fold.kind) {
      case 'some':
        return [any, terms.implies(fold.each, fold.opaque)];
      case 'smallest':
        return [any, terms.implies(fold.counts, terms.lessOrEqual(fold.opaque, fold.each))];
      case 'sum':
        if (fold.each.low !== null && fold.each.low >= 0n) return [any, terms.lessOrEqual(fold.each, fold.opaque)];
        return fold.each.high !== null && fold.each.high <= 0n ? [any, terms.lessOrEqual(fold.opaque, fold.each)] : [any];
    }
  }
}
