/** Facts about the code of a component that its contract does not show. Types alone, so that every process may name them. */
import type { DataAccess } from '#kernel';

export interface FunctionFact {
  readonly name: string;
  readonly line: number;
  readonly complexity: number;
}
export interface CapabilityUse {
  /** `event`: what a change found (`before`) or left (`after`), which is read of the row that the reaction hears of. */
  readonly kind: 'data' | 'emit' | 'call' | 'fetch' | 'event';
  readonly name: string;
  readonly access: DataAccess | null;
  readonly at: number;
}
/** An arm of an if or a choice, the body of a loop, handler or inner function. Offsets into the source text. */
export interface Branch {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}
export interface CodeFacts {
  readonly functions: readonly FunctionFact[];
  readonly findings: readonly { readonly line: number; readonly column: number; readonly message: string }[];
  readonly capabilities: readonly CapabilityUse[];
  readonly branches: readonly Branch[];
  /** Statements that only write to the log: what they say, no example can show. */
  readonly noted: readonly { readonly start: number; readonly end: number }[];
}
