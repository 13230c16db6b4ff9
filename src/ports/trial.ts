/** Runs examples of a candidate on the real broker and a store, each rolled back. */
import type { Json } from '#kernel';

export interface ExampleResult {
  readonly name: string;
  readonly passed: boolean;
  readonly step?: number;
  readonly expected?: Json;
  readonly actual?: Json;
  readonly why?: string;
  readonly wallMs: number;
}
export interface TrialOptions {
  /** Once aborted, no further example begins; results end there. */
  readonly signal?: AbortSignal;
  /** Later examples are not run once one failed. */
  readonly stopAtFailure?: boolean;
  /** Later examples are not run once a component failed; what it refuses is no failure. */
  readonly stopAtBroken?: boolean;
  /** Each run of a body has a host to itself. */
  readonly alone?: boolean;
  /** Components (`operation/placeOrder`) whose code holds mutants, and the mutant that is on. */
  readonly mutants?: { readonly [component: string]: string };
}
export interface Trial {
  /** `system`: settings, components and linked model of the candidate or of a part of it; `examples` as read from test files. One result an example, in order. */
  run(system: Json, examples: Json, options?: TrialOptions): Promise<readonly ExampleResult[]>;
  /** Makes ready what examples of this system will need, so that the first one does not wait for it. */
  prepare(system: Json): Promise<void>;
  close(): Promise<void>;
}
