/** What the parser of rules is told about the names that a formula may use. Types only. */
import type { Choice, Expression, PermanentId, ValueType } from '#kernel';

/**
 * A member of a row by name. Field: `type` is what reading it yields (scalar, choice, reference or list of items).
 * Related: the rows of `entity` whose reference `via` points to this row.
 */
export type RowMember =
  | { readonly kind: 'field'; readonly id: PermanentId; readonly type: ValueType }
  | { readonly kind: 'related'; readonly entity: PermanentId; readonly via: PermanentId };

/** A rule that may be called by its local name; `body` is its decision over the one input `row`, and is inlined. */
export interface CallableRule {
  readonly on: PermanentId;
  readonly body: Expression;
}

export interface ParseScope {
  /** Names and types of the inputs; the arrow function's parameters stand for them in order, whatever the source calls them. */
  readonly inputs: readonly { readonly name: string; readonly type: ValueType }[];
  /** What the value must be: choice texts resolve against it, scale and money must fit. Absent: anything. */
  readonly expected?: ValueType;
  readonly member: (row: PermanentId, name: string) => RowMember | undefined;
  readonly memberNames: (row: PermanentId) => readonly string[];
  readonly rowName: (row: PermanentId) => string;
  /** The choices of a choice field. */
  readonly choices: (field: PermanentId) => readonly Choice[];
  readonly rule: (localName: string) => CallableRule | undefined;
  /** The SDK's name of a function that this file imported; only those count. */
  readonly sdk: (localName: string) => string | undefined;
  readonly currencyDigits: number;
}

/** Offsets into the source text, in UTF-16 code units. */
export interface ParseProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}
