/**
 * What may be claimed of rows, and when a row speaks against it. Where computing leaves the exact range nothing is said of the row,
 * but where that itself is the claim: such a write is refused.
 */
import type { Expression, PermanentId } from '#kernel';
import { scaleOf } from '../value-type.ts';
import { Encoder } from './encode.ts';
import { NotProvable, type ProofSystem, Version } from './system.ts';
import type { Term } from './term.ts';
import { equalValues, type Names, type Row, rowValue, type Scalar, truthOf } from './value.ts';

export type Claim =
  /** It is true of every row. */
  | { readonly kind: 'holds'; readonly of: Expression }
  /** It has a value for every row. */
  | { readonly kind: 'present'; readonly of: Expression }
  /** Computing it never leaves the exact range. */
  | { readonly kind: 'exact'; readonly of: Expression }
  /** Both give the same, but for rows of which `except` holds. `before` is read in the version before. */
  | { readonly kind: 'same'; readonly before: Expression; readonly after: Expression; readonly except?: Expression }
  /** Of two rows that differ in one field alone, the one with more of it never has less (`up`) or more (`down`). Nothing counts as 0. */
  | { readonly kind: 'monotone'; readonly of: Expression; readonly in: PermanentId; readonly direction: 'up' | 'down' }
  /** Put into the field, it gives the same again. */
  | { readonly kind: 'idempotent'; readonly of: Expression; readonly into: PermanentId }
  /** There is such a row: what is given does not contradict itself. */
  | { readonly kind: 'possible' };

export interface Question {
  readonly system: ProofSystem;
  /** Of a claim about two versions: the one before. */
  readonly before?: ProofSystem;
  /** The entity whose row is the input `row`. */
  readonly about: PermanentId;
  /** Holds of every row that is spoken of: the invariants of the entity, and what the claim supposes. */
  readonly given: readonly Expression[];
  readonly claim: Claim;
  /** In place of what these fields hold: what a rule decides. */
  readonly instead?: ReadonlyMap<PermanentId, Expression>;
}
/** An expression as it was encoded: what the running code must agree with at every point. */
export interface Root {
  readonly of: Expression;
  readonly on: Row;
  readonly made: Scalar;
}
export interface Encoded {
  readonly encoder: Encoder;
  readonly row: Row;
  /** The row beside it, of a claim about two; its version before, of a claim about two versions. */
  readonly other?: Row;
  /** Whether a row is one that is spoken of. */
  readonly spoken: Term;
  /** Whether a row speaks against the claim. */
  readonly against: Term;
  readonly roots: readonly Root[];
}

export function encodeQuestion(question: Question, unrolled: number): Encoded {
  const encoder = new Encoder(unrolled);
  const { terms, rows } = encoder;
  const version = new Version(question.system, 'now');
  const id = terms.variable('id', 'Int', { low: 1n });
  const roots: Root[] = [];
  const encode = (of: Expression, on: Row): Scalar => {
    const names: Names = new Map([['row', rowValue(terms, on)]]);
    const made = encoder.scalar(of, names);
    roots.push({ of, on, made });
    return made;
  };
  const plain = rows.row(version, question.about, id, terms.true);
  const decided = [...(question.instead ?? [])].map(([field, expression]) => [field, encode(expression, plain)] as const);
  const row = decided.length === 0 ? plain : rows.altered(plain, new Map(decided), 'decided');
  const supposed = (on: Row): Term =>
    terms.and(
      ...question.given.map((given) => {
        const made = encode(given, on);
        return terms.and(terms.not(made.fault), truthOf(terms, made));
      }),
    );
  const { claim } = question;
  const spoken = supposed(row);
  const done = (against: Term, more: Term = terms.true, other?: Row): Encoded => ({
    encoder,
    row,
    ...(other === undefined ? {} : { other }),
    spoken: terms.and(spoken, more),
    against,
    roots,
  });
  switch (claim.kind) {
    case 'possible':
      return done(terms.true);
    case 'holds': {
      const made = encode(claim.of, row);
      return done(terms.not(truthOf(terms, made)), terms.not(made.fault));
    }
    case 'present': {
      const made = encode(claim.of, row);
      return done(made.absent, terms.not(made.fault));
    }
    case 'exact':
      return done(encode(claim.of, row).fault);
    case 'same': {
      const after = encode(claim.after, row);
      const earlier = rows.row(new Version(question.before ?? question.system, 'before'), question.about, id, terms.true);
      const before = encode(claim.before, earlier);
      const region = claim.except === undefined ? undefined : encode(claim.except, row);
      // A region that cannot be computed of a row does not name it: there, nothing may be given where something was, and nothing else.
      const excepted = region === undefined ? terms.false : terms.choose(region.fault, after.fault, truthOf(terms, region));
      const differs = terms.or(after.fault, terms.not(sameScalar(encoder, before, after, claim)));
      return done(differs, terms.and(terms.not(before.fault), terms.not(excepted)), earlier);
    }
    case 'monotone': {
      const field = row.shape.fields.find((one) => one.id === claim.in);
      if (field === undefined || !ordered.has(field.type.kind)) throw new NotProvable('There is no more or less of the field.');
      if (field.derived !== undefined) throw new NotProvable('The field is computed: nobody can put more into it.');
      const less = rows.stored(row, field);
      const bounds = { low: less.value.low, high: less.value.high };
      const more: Scalar = { ...less, absent: terms.false, value: terms.variable(`more ${field.id}`, 'Int', bounds) };
      const other = rows.altered(row, new Map(row.instead).set(field.id, more), `more ${field.id}`);
      const [first, second] = [encode(claim.of, row), encode(claim.of, other)];
      const size = (scalar: Scalar): Term =>
        scalar.value.sort === 'Bool'
          ? terms.choose(truthOf(terms, scalar), terms.int(1), terms.int(0))
          : terms.choose(scalar.absent, terms.int(0), scalar.value);
      const against = claim.direction === 'up' ? terms.less(size(second), size(first)) : terms.less(size(first), size(second));
      const spokenOf = terms.and(
        supposed(other),
        terms.not(less.absent),
        terms.less(less.value, more.value),
        terms.not(first.fault),
        terms.not(second.fault),
      );
      return done(against, spokenOf, other);
    }
    case 'idempotent': {
      const once = encode(claim.of, row);
      const other = rows.altered(row, new Map(row.instead).set(claim.into, { ...once, fault: terms.false }), 'again');
      const twice = encode(claim.of, other);
      const same = terms.or(
        terms.and(once.absent, twice.absent),
        terms.and(terms.not(once.absent), terms.not(twice.absent), equalValues(terms, once, twice)),
      );
      return done(terms.or(twice.fault, terms.not(same)), terms.not(once.fault), other);
    }
  }
}
const ordered: ReadonlySet<string> = new Set(['integer', 'decimal', 'money', 'quantity', 'date', 'instant', 'duration']);

/** Of numbers with other digits after the point, the values count. */
function sameScalar({ terms }: Encoder, before: Scalar, after: Scalar, claim: Extract<Claim, { kind: 'same' }>): Term {
  const difference = scaleOf(claim.after.type) - scaleOf(claim.before.type);
  const widened = (scalar: Scalar, by: number): Scalar =>
    by > 0 ? { ...scalar, value: terms.scale(scalar.value, 10n ** BigInt(by)) } : scalar;
  if (before.value.sort !== after.value.sort) throw new NotProvable('It gave another kind of value before.');
  const [one, other] = [widened(before, difference), widened(after, -difference)];
  return terms.or(
    terms.and(one.absent, other.absent),
    terms.and(terms.not(one.absent), terms.not(other.absent), equalValues(terms, one, other)),
  );
}
