/** What an expression becomes: whether it is absent, its value, and whether computing it leaves the exact range. */
import type { Field, PermanentId } from '#kernel';
import type { Shape, Version } from './system.ts';
import type { Term } from './term.ts';
import type { Terms } from './terms.ts';

export interface Row {
  readonly shape: Shape;
  readonly version: Version;
  readonly id: Term;
  /** The same for rows that hold the same values. */
  readonly base: string;
  /** Apart from these fields, which hold something else. */
  readonly instead?: ReadonlyMap<PermanentId, Scalar>;
  /** Tells rows with other values in place of some apart. */
  readonly tag: string;
}
export interface List {
  readonly key: string;
  readonly of: PermanentId;
  readonly length: Term;
  /** Where it stands: a list field of a row, or the rows that refer to one. */
  readonly at: { readonly row: Row; readonly field: Field } | { readonly row: Row; readonly via: PermanentId };
}
export interface Scalar {
  readonly kind: 'scalar';
  readonly absent: Term;
  /** Numbers, days, codes of choices, texts and rows as whole numbers; truths as truths. Means nothing where it is absent. */
  readonly value: Term;
  readonly fault: Term;
}
export interface RowValue {
  readonly kind: 'row';
  readonly absent: Term;
  readonly row: Row;
  readonly fault: Term;
}
export interface ListValue {
  readonly kind: 'list';
  readonly list: List;
  /** 0 where the row that it is read from is absent. */
  readonly length: Term;
  readonly fault: Term;
}
export type Value = Scalar | RowValue | ListValue;

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
/** Whether a number leaves the exact range. */
export const outside = (terms: Terms, value: Term): Term =>
  terms.not(terms.and(terms.lessOrEqual(terms.int(-SAFE), value), terms.lessOrEqual(value, terms.int(SAFE))));
/** As a condition: absent is false. */
export const truthOf = (terms: Terms, scalar: Scalar): Term => terms.and(terms.not(scalar.absent), scalar.value);
export const rowValue = (terms: Terms, row: Row): RowValue => ({ kind: 'row', absent: terms.false, row, fault: terms.false });
/** Whether two values that are there are equal. */
export const equalValues = (terms: Terms, left: Scalar, right: Scalar): Term =>
  left.value.sort === 'Int' ? terms.equal(left.value, right.value) : terms.same(left.value, right.value);

/** What is bound by name where an expression stands. */
export type Names = ReadonlyMap<string, Value>;
