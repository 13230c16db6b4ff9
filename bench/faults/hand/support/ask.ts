/** What was asked of a system, the change that does it right, and changes that do it wrong in the ways models fail. */
import type { Files } from './texts.ts';

export type Way =
  | 'plausible but wrong'
  | 'scope creep'
  | 'weakened test'
  | 'deleted check'
  | 'swallowed error'
  | 'off by one'
  | 'wrong unit'
  | 'wrong rounding'
  | 'missing access check'
  | 'hard-coded to the examples'
  | 'wrong status transition'
  | 'lost update'
  | 'wrong boundary'
  | 'forgetting existing rows'
  | 'wrong field'
  | 'wrong sign'
  | 'wrong list'
  | 'ignoring cancelled ones'
  | 'duplicates'
  | 'leaking sensitive values'
  | 'too wide capability'
  | 'unbounded or first page only'
  | 'changed contract'
  | 'renamed field'
  | 'test asserts nothing'
  | 'test copies the bug';

export interface ScopeText {
  readonly components: readonly `${'entity' | 'rule' | 'workflow' | 'operation' | 'view' | 'reaction' | 'job'}/${string}`[];
  readonly members: readonly string[];
}
/** `shop`, or a system of `bases/`. */
export type BaseName = 'shop' | 'lending' | 'payroll' | 'depot';

export interface Fault {
  readonly id: string;
  readonly way: Way;
  readonly why: string;
  readonly files: Files;
  /** Steps of one example that a right change passes and this one does not. Without: nothing that is called shows it, and `why` says where it stands. */
  readonly witness?: readonly string[];
}
export interface Ask {
  readonly id: string;
  readonly base: BaseName;
  /** What was asked, in plain words. */
  readonly request: string;
  readonly scope: ScopeText;
  /** The examples that the asker stated, where they stated some, by the test file beside which component they stand. */
  readonly acceptance?: { readonly path: string; readonly text: string };
  /** Where a witness stands: the test file beside a component that every candidate of this ask has. */
  readonly beside: string;
  readonly right: Files;
  readonly faults: readonly Fault[];
}

export interface Candidate {
  readonly id: string;
  readonly request: string;
  readonly scope: ScopeText;
  readonly base: BaseName;
  readonly acceptance?: Ask['acceptance'];
  readonly files: Files;
}
export interface FaultyCandidate extends Candidate {
  readonly way: Way;
  readonly why: string;
  /** A file of one example, to stand at `path`: right changes pass it, this one fails it. */
  readonly witness?: { readonly path: string; readonly text: string };
}
