/** Looks at the text of single components in the disposable process that reads: facts that no contract shows, and its mutants. */
import type { Json } from '#kernel';

export interface CodeInspector {
  /** `CodeFacts` of the model for each path; a text that ends the process is a finding of that path. */
  inspect(files: { readonly [path: string]: string }): Promise<Json>;
  /** The JavaScript of an operation with every mutant behind a switch, and where each mutant stands: `Mutated`. */
  mutate(code: string): Promise<Json>;
  /** `Completed` of the model for what is `HandedIn`: missing permanent ids given. A text that ends the process is a problem of what was handed in. */
  complete(handedIn: Json): Promise<Json>;
}
export interface CodeMutant {
  readonly id: string;
  readonly mutator: string;
  readonly replacement: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}
/** A number, the bound of a filter, or what stands in for a value that is absent. `instead`: for whose, as the text calls it, where `data.x` is a row of x; and what is written there. */
export interface ValueMutant extends CodeMutant {
  readonly instead?: { readonly of: string; readonly field: string; readonly given?: string | number | boolean };
  /** What does not go out, or goes out otherwise: an event, or a request to an address that begins so. */
  readonly effect?: { readonly kind: 'emit' | 'send'; readonly name: string };
}
/**
 * `code` takes the id of the mutant that is on from `input.$mutant`; `values` has a text of its own, which does so too. `guards`: comparisons that decide whether
 * something is refused.
 */
export interface Mutated {
  readonly code: string;
  readonly mutants: readonly CodeMutant[];
  readonly values: {
    readonly code: string;
    readonly mutants: readonly ValueMutant[];
    readonly guards: readonly { readonly start: number; readonly end: number }[];
  };
}
