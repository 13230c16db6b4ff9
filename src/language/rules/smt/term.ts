/**
 * What a formula becomes on its way to a solver: whole numbers without bound, and truths, as a graph in which equal parts are
 * one object. Every number knows an interval that it never leaves; it follows from the intervals of the variables, which the
 * domain states as well. An opaque number or truth has an exact definition, and lemmas that hold of it: a script may
 * leave the definition out, which can only make more possible.
 */
export type Sort = 'Int' | 'Bool';

interface Made {
  /** Grows: the parts of a term have smaller ones, but for definitions. */
  readonly id: number;
  /** Of a number: what it never leaves; null is without end. */
  readonly low: bigint | null;
  readonly high: bigint | null;
}
export interface Part {
  readonly times: bigint;
  readonly of: Term;
}
export type Term = Made &
  (
    | { readonly node: 'linear'; readonly sort: 'Int'; readonly constant: bigint; readonly parts: readonly Part[] }
    | { readonly node: 'variable'; readonly sort: Sort; readonly name: string }
    | { readonly node: 'opaque'; readonly sort: Sort; readonly name: string; readonly opaque: Opaque }
    /** Only as the definition of an opaque number. */
    | { readonly node: 'product'; readonly sort: 'Int'; readonly left: Term; readonly right: Term }
    /** To the next whole number below; `by` is 1 or more, else the value means nothing. */
    | { readonly node: 'floor'; readonly sort: 'Int'; readonly of: Term; readonly by: Term }
    | { readonly node: 'choose'; readonly sort: 'Int'; readonly when: Term; readonly then: Term; readonly otherwise: Term }
    | { readonly node: 'truth'; readonly sort: 'Bool'; readonly value: boolean }
    | { readonly node: 'not'; readonly sort: 'Bool'; readonly of: Term }
    | { readonly node: 'and' | 'or'; readonly sort: 'Bool'; readonly of: readonly Term[] }
    /** `of` is 0 or more. */
    | { readonly node: 'nonnegative'; readonly sort: 'Bool'; readonly of: Term }
    | { readonly node: 'zero'; readonly sort: 'Bool'; readonly of: Term }
    | { readonly node: 'same'; readonly sort: 'Bool'; readonly left: Term; readonly right: Term }
  );

export interface Opaque {
  /** The exact value; asked for only where it is needed. */
  readonly definition: () => Term;
  /** What holds of it whatever else does. */
  readonly lemmas: () => readonly Term[];
  /** The lemmas leave one value alone, that of the definition: a script need not state it. */
  readonly determined?: true;
  /** Of a product: its factors. */
  readonly factors?: readonly Term[];
  /** Two of the same `by` stand in the order of their `of`, or are equal; `strictly`: that only where those are. */
  readonly grows?: { readonly by: string; readonly of: Term; readonly strictly?: true };
}

/** The direct parts; of an opaque term none. */
export function partsOfTerm(term: Term): readonly Term[] {
  switch (term.node) {
    case 'linear':
      return term.parts.map((part) => part.of);
    case 'variable':
    case 'opaque':
    case 'truth':
      return [];
    case 'product':
    case 'same':
      return [term.left, term.right];
    case 'floor':
      return [term.of, term.by];
    case 'choose':
      return [term.when, term.then, term.otherwise];
    case 'not':
    case 'nonnegative':
    case 'zero':
      return [term.of];
    case 'and':
    case 'or':
      return term.of;
  }
}
