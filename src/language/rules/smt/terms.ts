/**
 * Makes terms, in one form each: sums in order of their parts, comparisons against 0, and folded where the intervals already
 * decide. So what is equal by arithmetic is mostly one object before any solver is asked. All of one proof come from one maker.
 */
import type { Opaque, Part, Sort, Term } from './term.ts';

type Bound = bigint | null;
export interface Interval {
  readonly low?: Bound;
  readonly high?: Bound;
}
type Bare<Kind> = Kind extends Term ? Omit<Kind, 'id' | 'low' | 'high'> : never;

const MOST_BESIDE = 8;
/** A quotient that can be so many more than its least is a choice among them: comparisons are easier than a division. */
const FEW_FLOORS = 3n;

export class Terms {
  readonly #made = new Map<string, Term>();
  readonly #products = new Map<string, Term>();
  readonly #beside = new Map<Term, Term[]>();
  #next = 0;
  readonly true: Term;
  readonly false: Term;

  constructor() {
    this.true = this.#make('true', { node: 'truth', sort: 'Bool', value: true });
    this.false = this.#make('false', { node: 'truth', sort: 'Bool', value: false });
  }
  get size(): number {
    return this.#next;
  }

  opaques(): readonly Extract<Term, { node: 'opaque' }>[] {
    return [...this.#made.values()].filter((term) => term.node === 'opaque');
  }

  #make(key: string, bare: Bare<Term>, { low = null, high = null }: Interval = {}): Term {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const term = { ...bare, id: this.#next++, low, high } as Term;
    this.#made.set(key, term);
    return term;
  }

  variable(name: string, sort: Sort, interval: Interval = {}): Term {
    return this.#make(`v ${name}`, { node: 'variable', sort, name }, interval);
  }
  opaque(name: string, sort: Sort, opaque: Opaque, interval: Interval = {}): Term {
    return this.#make(`o ${name}`, { node: 'opaque', sort, name, opaque }, interval);
  }

  // ---- numbers

  int(value: bigint | number): Term {
    return this.#linear(BigInt(value), []);
  }
  add(...terms: readonly Term[]): Term {
    return this.#sum(terms.map((of) => ({ times: 1n, of })));
  }
  subtract(left: Term, right: Term): Term {
    return this.#sum([
      { times: 1n, of: left },
      { times: -1n, of: right },
    ]);
  }
  scale(of: Term, times: bigint): Term {
    return this.#sum([{ times, of }]);
  }

  #sum(parts: readonly Part[]): Term {
    let constant = 0n;
    const atoms = new Map<Term, bigint>();
    for (const { times, of } of parts) {
      const linear = linearOf(of);
      constant += times * linear.constant;
      for (const part of linear.parts) atoms.set(part.of, (atoms.get(part.of) ?? 0n) + times * part.times);
    }
    return this.#linear(
      constant,
      [...atoms]
        .filter(([, times]) => times !== 0n)
        .map(([of, times]) => ({ times, of }))
        .sort((a, b) => a.of.id - b.of.id),
    );
  }
  #linear(constant: bigint, parts: readonly Part[]): Term {
    const [only] = parts;
    if (constant === 0n && parts.length === 1 && only !== undefined && only.times === 1n) return only.of;
    let [low, high]: [Bound, Bound] = [constant, constant];
    for (const { times, of } of parts) {
      const [from, to] = times > 0n ? [of.low, of.high] : [of.high, of.low];
      low = low === null || from === null ? null : low + times * from;
      high = high === null || to === null ? null : high + times * to;
    }
    const key = `l ${constant} ${parts.map(({ times, of }) => `${times}*${of.id}`).join(' ')}`;
    return this.#make(key, { node: 'linear', sort: 'Int', constant, parts }, { low, high });
  }

  /** Multiplied out where that stays small; what is left over are products of single parts, which are opaque. */
  multiply(left: Term, right: Term): Term {
    for (const [constant, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const value = constantOf(constant);
      if (value !== undefined) return this.scale(other, value);
    }
    for (const [table, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (table.node === 'choose' && isTable(table))
        return this.choose(table.when, this.multiply(table.then, other), this.multiply(table.otherwise, other));
    }
    const [a, b] = [linearOf(left), linearOf(right)];
    if (a.parts.length * b.parts.length > 16) return this.#product(left, right);
    const parts: Part[] = [{ times: 1n, of: this.int(a.constant * b.constant) }];
    for (const part of a.parts) parts.push({ times: part.times * b.constant, of: part.of });
    for (const part of b.parts) parts.push({ times: part.times * a.constant, of: part.of });
    for (const x of a.parts)
      for (const y of b.parts) {
        const of = isTable(x.of) || isTable(y.of) ? this.multiply(x.of, y.of) : this.#atoms(x.of, y.of);
        parts.push({ times: x.times * y.times, of });
      }
    const product = this.#sum(parts);
    if (a.parts.length + b.parts.length > 2) this.#keepBetween(product, left, right);
    return product;
  }
  /**
   * What is lost where a product of sums is multiplied out: between which multiples of one of them it lies, whatever the sign of that turns out
   * to be. A percentage of what a first percentage left over is still no more than that.
   */
  #keepBetween(product: Term, left: Term, right: Term): void {
    const atom = linearOf(product).parts.find(({ of }) => of.node === 'opaque')?.of;
    const kept = atom === undefined ? [] : (this.#beside.get(atom) ?? []);
    if (atom === undefined || kept.length >= MOST_BESIDE) return;
    const zero = this.int(0);
    const between = (low: Term, high: Term): Term => this.and(this.lessOrEqual(low, product), this.lessOrEqual(product, high));
    for (const [sum, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (other.low === null || other.high === null) continue;
      const [few, many] = [this.scale(sum, other.low), this.scale(sum, other.high)];
      kept.push(
        this.implies(this.lessOrEqual(zero, sum), between(few, many)),
        this.implies(this.lessOrEqual(sum, zero), between(many, few)),
      );
    }
    this.#beside.set(atom, kept);
  }
  /** What is known of an opaque term together with others. */
  beside(term: Term): readonly Term[] {
    return this.#beside.get(term) ?? [];
  }
  #atoms(left: Term, right: Term): Term {
    const factors = [...factorsOf(left), ...factorsOf(right)].sort((a, b) => a.id - b.id);
    const [first, ...rest] = factors;
    return rest.reduce((product, factor) => this.#product(product, factor), first ?? this.int(1));
  }
  #product(left: Term, right: Term): Term {
    const key = left.id < right.id ? `${left.id} ${right.id}` : `${right.id} ${left.id}`;
    const known = this.#products.get(key);
    if (known !== undefined) return known;
    const square = left === right;
    const ends = [left.low, left.high].flatMap((a) => [right.low, right.high].map((b) => (a === null || b === null ? null : a * b)));
    const [signA, signB] = [signOf(left), signOf(right)];
    let [low, high]: [Bound, Bound] = ends.includes(null)
      ? signA * signB > 0
        ? [smallestSize(left) * smallestSize(right), null]
        : signA * signB < 0
          ? [null, 0n]
          : [null, null]
      : [least(ends as readonly bigint[]), most(ends as readonly bigint[])];
    if (square && (low === null || low < 0n)) low = 0n;
    const product: Term = this.opaque(
      `product ${key}`,
      'Int',
      {
        definition: () => this.#make(`p ${key}`, { node: 'product', sort: 'Int', left, right }, { low, high }),
        lemmas: () => this.#productLemmas(product, left, right),
        factors: [...factorsOf(left), ...factorsOf(right)],
      },
      { low, high },
    );
    this.#products.set(key, product);
    return product;
  }
  /** Signs, zero and one, size, and the planes through the corners of the intervals (McCormick 1976). */
  #productLemmas(product: Term, a: Term, b: Term): readonly Term[] {
    const zero = this.int(0);
    const positive = (of: Term): Term => this.less(zero, of);
    const negative = (of: Term): Term => this.less(of, zero);
    const found: Term[] = [
      this.same(this.equal(product, zero), this.or(this.equal(a, zero), this.equal(b, zero))),
      this.same(positive(product), this.or(this.and(positive(a), positive(b)), this.and(negative(a), negative(b)))),
    ];
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const) {
      found.push(this.implies(this.equal(x, this.int(1)), this.equal(product, y)));
      found.push(this.implies(this.and(this.less(zero, x), this.lessOrEqual(zero, y)), this.lessOrEqual(y, product)));
    }
    const corner = (x: Bound, y: Bound, below: boolean): void => {
      if (x === null || y === null) return;
      const plane = this.subtract(this.add(this.scale(b, x), this.scale(a, y)), this.int(x * y));
      found.push(below ? this.lessOrEqual(plane, product) : this.lessOrEqual(product, plane));
    };
    corner(a.low, b.low, true);
    corner(a.high, b.high, true);
    corner(a.low, b.high, false);
    corner(a.high, b.low, false);
    return found;
  }
  /** Of two products that share a factor, the one whose other factor is larger is larger, where the shared one is not negative; and what grows with something else. */
  orderLemmas(product: Term, other: Term): readonly Term[] {
    if (product.node !== 'opaque' || other.node !== 'opaque') return [];
    const [one, two] = [product.opaque.grows, other.opaque.grows];
    if (one?.strictly === true && two?.strictly === true && one.by === two.by)
      return [
        this.same(this.less(one.of, two.of), this.less(product, other)),
        this.same(this.less(two.of, one.of), this.less(other, product)),
      ];
    if (one !== undefined && two !== undefined && one.by === two.by)
      return [
        this.implies(this.lessOrEqual(one.of, two.of), this.lessOrEqual(product, other)),
        this.implies(this.lessOrEqual(two.of, one.of), this.lessOrEqual(other, product)),
      ];
    const [a, b, ...more] = product.opaque.factors ?? [];
    const [c, d, ...others] = other.opaque.factors ?? [];
    if (a === undefined || b === undefined || c === undefined || d === undefined || more.length + others.length > 0) return [];
    const zero = this.int(0);
    const found: Term[] = [];
    for (const [shared, mine] of [
      [a, b],
      [b, a],
    ] as const) {
      const theirs = c === shared ? d : d === shared ? c : undefined;
      if (theirs === undefined) continue;
      const [more, less] = [this.lessOrEqual(theirs, mine), this.lessOrEqual(mine, theirs)];
      const [productMore, productLess] = [this.lessOrEqual(other, product), this.lessOrEqual(product, other)];
      found.push(this.implies(this.and(this.lessOrEqual(zero, shared), more), productMore));
      found.push(this.implies(this.and(this.lessOrEqual(zero, shared), less), productLess));
      found.push(this.implies(this.and(this.lessOrEqual(shared, zero), more), productLess));
      found.push(this.implies(this.and(this.lessOrEqual(shared, zero), less), productMore));
    }
    return found;
  }

  /** Rounded down; `by` must be 1 or more wherever the value counts. */
  floor(of: Term, by: Term): Term {
    const divisor = constantOf(by);
    if (divisor === undefined) return this.#quotient(of, by);
    if (divisor <= 0n) throw new RangeError('a floor by what is not positive');
    if (divisor === 1n) return of;
    const linear = linearOf(of);
    // What the divisor divides goes in front: floor((6a + b) / 3) is 2a + floor(b / 3).
    const whole: Part[] = [{ times: floorOf(linear.constant, divisor), of: this.int(1) }];
    const rest: Part[] = [{ times: linear.constant - floorOf(linear.constant, divisor) * divisor, of: this.int(1) }];
    for (const part of linear.parts)
      (part.times % divisor === 0n ? whole : rest).push(part.times % divisor === 0n ? { times: part.times / divisor, of: part.of } : part);
    const left = this.#sum(rest);
    const value = constantOf(left);
    if (value !== undefined) return this.#sum([...whole, { times: floorOf(value, divisor), of: this.int(1) }]);
    const interval = {
      low: left.low === null ? null : floorOf(left.low, divisor),
      high: left.high === null ? null : floorOf(left.high, divisor),
    };
    if (interval.low !== null && interval.low === interval.high) return this.#sum([...whole, { times: interval.low, of: this.int(1) }]);
    if (interval.low !== null && interval.high !== null && interval.high - interval.low <= FEW_FLOORS) {
      let found = this.int(interval.low);
      for (let value = interval.low + 1n; value <= interval.high; value++)
        found = this.choose(this.lessOrEqual(this.int(value * divisor), left), this.int(value), found);
      return this.#sum([...whole, { times: 1n, of: found }]);
    }
    const floored = this.#make(`f ${left.id} ${divisor}`, { node: 'floor', sort: 'Int', of: left, by }, interval);
    return this.#sum([...whole, { times: 1n, of: floored }]);
  }
  #quotient(of: Term, by: Term): Term {
    const quotient: Term = this.opaque(
      `quotient ${of.id} ${by.id}`,
      'Int',
      {
        definition: () => this.#make(`f ${of.id} by ${by.id}`, { node: 'floor', sort: 'Int', of, by }),
        lemmas: () => {
          const [zero, one] = [this.int(0), this.int(1)];
          const usable = this.lessOrEqual(one, by);
          const rest = this.subtract(of, this.multiply(by, quotient));
          return [
            this.implies(usable, this.and(this.lessOrEqual(zero, rest), this.less(rest, by))),
            this.implies(
              this.and(usable, this.lessOrEqual(zero, of)),
              this.and(this.lessOrEqual(zero, quotient), this.lessOrEqual(quotient, of)),
            ),
            this.implies(this.and(usable, this.less(of, zero)), this.and(this.less(quotient, zero), this.lessOrEqual(of, quotient))),
          ];
        },
      },
      of.low !== null && of.low >= 0n && by.low !== null && by.low >= 1n ? { low: 0n, high: of.high } : {},
    );
    return quotient;
  }

  /** `interval`: where more is known of it than of its branches. */
  choose(when: Term, then: Term, otherwise: Term, interval: Interval = {}): Term {
    if (when.node === 'truth') return when.value ? then : otherwise;
    if (then === otherwise) return then;
    if (when.node === 'not') return this.choose(when.of, otherwise, then, interval);
    const low = larger(then.low === null || otherwise.low === null ? null : least([then.low, otherwise.low]), interval.low ?? null, 'most');
    const high = larger(
      then.high === null || otherwise.high === null ? null : most([then.high, otherwise.high]),
      interval.high ?? null,
      'least',
    );
    return this.#make(`c ${when.id} ${then.id} ${otherwise.id}`, { node: 'choose', sort: 'Int', when, then, otherwise }, { low, high });
  }
  smaller(left: Term, right: Term): Term {
    const high = larger(left.high, right.high, 'least');
    return this.choose(this.lessOrEqual(left, right), left, right, { high });
  }
  larger(left: Term, right: Term): Term {
    const low = larger(left.low, right.low, 'most');
    return this.choose(this.lessOrEqual(right, left), left, right, { low });
  }

  // ---- truths

  lessOrEqual(left: Term, right: Term): Term {
    const { low, high } = this.subtract(right, left);
    if (low !== null && low >= 0n) return this.true;
    if (high !== null && high < 0n) return this.false;
    const { constant, parts } = linearOf(this.subtract(right, left));
    const divisor = parts.reduce((gcd, part) => gcdOf(gcd, part.times), 0n);
    const of = this.#linear(
      floorOf(constant, divisor),
      parts.map((part) => ({ ...part, times: part.times / divisor })),
    );
    return this.#make(`n ${of.id}`, { node: 'nonnegative', sort: 'Bool', of });
  }
  less(left: Term, right: Term): Term {
    return this.lessOrEqual(this.add(left, this.int(1)), right);
  }
  equal(left: Term, right: Term): Term {
    // A choice one branch of which is the other side: only the other branch is left to compare.
    for (const [choice, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (choice.node !== 'choose') continue;
      if (choice.otherwise === other) return this.or(this.not(choice.when), this.equal(choice.then, other));
      if (choice.then === other) return this.or(choice.when, this.equal(choice.otherwise, other));
    }
    const difference = this.subtract(left, right);
    if ((difference.low !== null && difference.low > 0n) || (difference.high !== null && difference.high < 0n)) return this.false;
    const { constant, parts } = linearOf(difference);
    const [first] = parts;
    if (first === undefined) return constant === 0n ? this.true : this.false;
    const divisor = parts.reduce((gcd, part) => gcdOf(gcd, part.times), 0n) * (first.times < 0n ? -1n : 1n);
    if (constant % divisor !== 0n) return this.false;
    const of = this.#linear(
      constant / divisor,
      parts.map((part) => ({ ...part, times: part.times / divisor })),
    );
    return this.#make(`z ${of.id}`, { node: 'zero', sort: 'Bool', of });
  }
  not(of: Term): Term {
    if (of.node === 'truth') return of.value ? this.false : this.true;
    if (of.node === 'not') return of.of;
    return this.#make(`! ${of.id}`, { node: 'not', sort: 'Bool', of });
  }
  and(...of: readonly Term[]): Term {
    return this.#joined('and', of);
  }
  or(...of: readonly Term[]): Term {
    return this.#joined('or', of);
  }
  #joined(node: 'and' | 'or', of: readonly Term[]): Term {
    const [neutral, absorbing] = node === 'and' ? [this.true, this.false] : [this.false, this.true];
    const kept = new Set<Term>();
    for (const term of of.flatMap((each) => (each.node === node ? each.of : [each]))) {
      if (term === absorbing) return absorbing;
      if (term !== neutral) kept.add(term);
    }
    for (const term of kept) if (kept.has(this.not(term))) return absorbing;
    const list = [...kept].sort((a, b) => a.id - b.id);
    const [first] = list;
    if (first === undefined) return neutral;
    if (list.length === 1) return first;
    return this.#make(`${node} ${list.map((term) => term.id).join(' ')}`, { node, sort: 'Bool', of: list });
  }
  implies(when: Term, then: Term): Term {
    return this.or(this.not(when), then);
  }
  same(left: Term, right: Term): Term {
    if (left === right) return this.true;
    for (const [truth, other] of [
      [left, right],
      [right, left],
    ] as const)
      if (truth.node === 'truth') return truth.value ? other : this.not(other);
    if (this.not(left) === right) return this.false;
    const [a, b] = left.id < right.id ? [left, right] : [right, left];
    return this.#make(`= ${a.id} ${b.id}`, { node: 'same', sort: 'Bool', left: a, right: b });
  }
  /** A choice of either sort. */
  either(when: Term, then: Term, otherwise: Term): Term {
    if (then.sort === 'Int') return this.choose(when, then, otherwise);
    if (when.node === 'truth') return when.value ? then : otherwise;
    return then === otherwise ? then : this.and(this.or(this.not(when), then), this.or(when, otherwise));
  }
}

export function constantOf(term: Term): bigint | undefined {
  return term.node === 'linear' && term.parts.length === 0 ? term.constant : undefined;
}
const linearOf = (term: Term): { readonly constant: bigint; readonly parts: readonly Part[] } =>
  term.node === 'linear' ? term : { constant: 0n, parts: [{ times: 1n, of: term }] };
const factorsOf = (term: Term): readonly Term[] =>
  term.node === 'opaque' && term.opaque.factors !== undefined ? term.opaque.factors : [term];
/** What is made of each of the constants that a term is a choice among; else of the term itself. */
export function byCases(terms: Terms, term: Term, make: (one: Term) => Term): Term {
  if (term.node !== 'choose' || !isTable(term)) return make(term);
  return terms.choose(term.when, byCases(terms, term.then, make), byCases(terms, term.otherwise, make));
}
/** A choice among constants. */
export const isTable = (term: Term): boolean =>
  constantOf(term) !== undefined || (term.node === 'choose' && isTable(term.then) && isTable(term.otherwise));
const signOf = (term: Term): number => (term.low !== null && term.low >= 0n ? 1 : term.high !== null && term.high <= 0n ? -1 : 0);
const smallestSize = (term: Term): bigint =>
  term.low !== null && term.low > 0n ? term.low : term.high !== null && term.high < 0n ? -term.high : 0n;
const least = (values: readonly bigint[]): bigint => values.reduce((a, b) => (a < b ? a : b));
const most = (values: readonly bigint[]): bigint => values.reduce((a, b) => (a > b ? a : b));
const larger = (a: Bound, b: Bound, which: 'least' | 'most'): Bound =>
  a === null ? b : b === null ? a : which === 'least' ? least([a, b]) : most([a, b]);
const gcdOf = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};
/** Towards minus infinity; `by` is positive. */
export function floorOf(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
