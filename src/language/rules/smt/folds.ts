/**
 * What is said of all items of a list at once: sums, whether there is one, the smallest. Each is opaque. Its definition goes through
 * as many items as a list is unrolled to, and is exact for lists that are no longer; what its lemmas say holds of lists of any length.
 */
import type { Term } from './term.ts';
import { constantOf, type Terms } from './terms.ts';
import type { List, Row } from './value.ts';

/** What a body of a loop is for one item. */
export type Body<Of> = (item: Row) => Of;
export interface Fold {
  readonly kind: 'sum' | 'some' | 'smallest';
  readonly list: List;
  readonly length: Term;
  /** For the item that stands for any: what it adds, whether it counts, its value where it counts. */
  readonly each: Term;
  readonly counts: Term;
  readonly opaque: Term;
}

export class Folds {
  readonly #terms: Terms;
  readonly #unrolled: number;
  readonly #item: (list: List, place: number | undefined) => Row;
  readonly #found = new Map<Term, Fold>();

  constructor(terms: Terms, unrolled: number, item: (list: List, place: number | undefined) => Row) {
    this.#terms = terms;
    this.#unrolled = unrolled;
    this.#item = item;
  }
  get found(): readonly Fold[] {
    return [...this.#found.values()];
  }
  /** Items up to the length to which lists are unrolled, each with whether it is there. */
  items(list: List, length: Term): readonly { readonly row: Row; readonly there: Term }[] {
    return Array.from({ length: this.#unrolled }, (_, place) => ({
      row: this.#item(list, place),
      there: this.#terms.less(this.#terms.int(place), length),
    }));
  }

  /** `each` is what an item adds; items that do not count add 0. */
  sum(list: List, length: Term, each: Body<Term>): Term {
    const terms = this.#terms;
    const generic = each(this.#item(list, undefined));
    const constant = constantOf(generic);
    if (constant !== undefined) return terms.scale(length, constant);
    const [low, high] = [generic.low !== null && generic.low >= 0n ? 0n : null, generic.high !== null && generic.high <= 0n ? 0n : null];
    const opaque = terms.opaque(
      `sum ${list.key} ${length.id} ${generic.id}`,
      'Int',
      {
        definition: () => terms.add(...this.items(list, length).map(({ row, there }) => terms.choose(there, each(row), terms.int(0)))),
        lemmas: () => {
          const found = [terms.implies(terms.equal(length, terms.int(0)), terms.equal(opaque, terms.int(0)))];
          if (generic.low !== null) found.push(terms.lessOrEqual(terms.scale(length, generic.low), opaque));
          if (generic.high !== null) found.push(terms.lessOrEqual(opaque, terms.scale(length, generic.high)));
          return found;
        },
      },
      {
        low: low ?? (generic.low !== null && length.high !== null ? generic.low * length.high : null),
        high: high ?? (generic.high !== null && length.high !== null ? generic.high * length.high : null),
      },
    );
    return this.#keep({ kind: 'sum', list, length, each: generic, counts: terms.true, opaque });
  }

  /** Whether there is an item of which `each` holds. */
  some(list: List, length: Term, each: Body<Term>): Term {
    const terms = this.#terms;
    const generic = each(this.#item(list, undefined));
    const any = terms.less(terms.int(0), length);
    if (generic.node === 'truth') return terms.and(generic, any);
    const opaque = terms.opaque(`some ${list.key} ${length.id} ${generic.id}`, 'Bool', {
      definition: () => terms.or(...this.items(list, length).map(({ row, there }) => terms.and(there, each(row)))),
      lemmas: () => [terms.implies(opaque, any)],
    });
    return this.#keep({ kind: 'some', list, length, each: generic, counts: generic, opaque });
  }

  /** The smallest value of the items that count; where none does it means nothing. */
  smallest(list: List, length: Term, counts: Body<Term>, value: Body<Term>): Term {
    const terms = this.#terms;
    const generic = this.#item(list, undefined);
    const each = value(generic);
    const opaque = terms.opaque(
      `smallest ${list.key} ${length.id} ${counts(generic).id} ${each.id}`,
      'Int',
      {
        definition: () => {
          let [none, best] = [terms.true, terms.int(each.low ?? each.high ?? 0n)];
          for (const { row, there } of this.items(list, length)) {
            const counted = terms.and(there, counts(row));
            best = terms.choose(terms.and(counted, terms.or(none, terms.less(value(row), best))), value(row), best);
            none = terms.and(none, terms.not(counted));
          }
          return best;
        },
        lemmas: () => [],
      },
      { low: each.low, high: each.high },
    );
    return this.#keep({ kind: 'smallest', list, length, each, counts: counts(generic), opaque });
  }

  /** The smallest value of the items that count, where a formula speaks of it. */
  smallestKnown(list: List, length: Term, counts: Term, each: Term): Term | undefined {
    const is = (fold: Fold): boolean => fold.kind === 'smallest' && fold.list.key === list.key && fold.length === length;
    return this.found.find((fold) => is(fold) && fold.counts === counts && fold.each === each)?.opaque;
  }

  #keep(fold: Fold): Term {
    if (fold.opaque.node === 'opaque') this.#found.set(fold.opaque, this.#found.get(fold.opaque) ?? fold);
    return fold.opaque;
  }
}
