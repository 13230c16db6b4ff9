/**
 * One rule case: sources of a small system, a statement about it, and whether the statement is true. Written without sight
 * of what decides it, so the truth here is found by thought, and held by witnesses and samples alone.
 */
export interface RuleCase {
  readonly id: string;
  readonly title: string;
  readonly files: Sources;
  readonly statement: Statement;
  /** `undecided-allowed`: too hard to be asked of a prover; `actually` is the truth all the same, and the opposite is a wrong verdict. */
  readonly truth: 'holds' | 'fails' | 'undecided-allowed';
  readonly actually?: 'holds' | 'fails';
  readonly why: string;
  /** A row where the statement fails; of `satisfiable` the row that fits. Values as people write them: see README.md. */
  readonly witness?: Witness;
}
export type Sources = { readonly [path: string]: string };
export type Values = { readonly [field: string]: unknown };
export interface Witness {
  readonly row: Values;
  /** `monotone`: what the second row has instead. */
  readonly changed?: Values;
  /** A date; the first of 2026 where none is given. */
  readonly today?: string;
}

/** `of` is a formula of the system: `rule/orderDiscount` (what it decides; of an approval, when), or `entity/order.total` (how it is computed). */
export type Statement =
  /** What a decision rule says that it ensures, for every row. */
  | { readonly kind: 'ensures'; readonly rule: string; readonly ensures: string }
  /** A computed field keeps its own min and max, where it is present. */
  | { readonly kind: 'bounds'; readonly entity: string; readonly field: string }
  /** The value is never absent. */
  | { readonly kind: 'present'; readonly of: string }
  /** Nothing on the way leaves the exact whole numbers. */
  | { readonly kind: 'noOverflow'; readonly of: string }
  /** Some condition holds for every row; or, with `of`, the decision table always has an answer. */
  | { readonly kind: 'complete'; readonly of: string }
  | { readonly kind: 'complete'; readonly entity: string; readonly conditions: Conditions }
  /** No two of the conditions hold for one row. */
  | { readonly kind: 'disjoint'; readonly entity: string; readonly conditions: Conditions }
  /** With the files of `after` in place, `of` gives the same for every row outside the region `except`; without `except`, for every row. */
  | { readonly kind: 'preserved'; readonly of: string; readonly after: Sources; readonly except?: string }
  /** Of two rows that differ in the field `in` alone, the one with more of it never has less (`up`) or more (`down`) of `of`. */
  | { readonly kind: 'monotone'; readonly of: string; readonly in: string; readonly direction: 'up' | 'down' }
  /** With what `of` gives put into the field `into`, `of` gives the same again. */
  | { readonly kind: 'idempotent'; readonly of: string; readonly into: string }
  /** There is a row that fits all invariants of the entity. `fails`: they contradict one another, or the fields. */
  | { readonly kind: 'satisfiable'; readonly entity: string };
/** Formulas over a row of the entity, by name. */
export type Conditions = { readonly [name: string]: string };

type Told = Pick<RuleCase, 'id' | 'title' | 'files' | 'statement' | 'why'>;
export const holds = (told: Told, witness?: Witness): RuleCase => ({
  ...told,
  truth: 'holds',
  ...(witness === undefined ? {} : { witness }),
});
export const fails = (told: Told, witness?: Witness): RuleCase => ({
  ...told,
  truth: 'fails',
  ...(witness === undefined ? {} : { witness }),
});
export const hard = (told: Told, actually: 'holds' | 'fails', witness?: Witness): RuleCase => ({
  ...told,
  truth: 'undecided-allowed',
  actually,
  ...(witness === undefined ? {} : { witness }),
});
