/** Runs examples of a candidate on the real broker and a store, each rolled back. */
import type { Caller, Expression, Json, JsonObject, PermanentId } from '#kernel';

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
/** What runs of `by` (`operation/placeOrder`) keep: a row that it is untrue of after one, of those of which all of `given` hold, was there before it and so already. */
export interface Promised {
  readonly entity: PermanentId;
  readonly given: readonly Expression[];
  readonly holds: Expression;
  readonly by: readonly string[];
}
export interface WalkOptions extends Pick<TrialOptions, 'signal'> {
  readonly promised: readonly Promised[];
  /** Bodies that may not fail. */
  readonly sound: readonly string[];
}
export interface Walked {
  /** Runs of bodies that were answered, and that were refused. */
  readonly answered: number;
  readonly refused: number;
  /** The step after which something was not as promised. */
  readonly broke?: {
    readonly step: number;
    /** A body failed. */
    readonly why?: string;
    /** The place of what is not kept in `promised`, and the row, called as the steps call it where they name it. */
    readonly promise?: number;
    readonly row?: { readonly name: string; readonly values: JsonObject };
  };
}
/** A request as callers send it. Names of headers in small letters. */
export interface AskedOfDoor {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | undefined;
  /** Null where something came as a proof that nobody has. */
  readonly caller: Caller | null;
}
export interface DoorAnswer {
  /** The operation whose address it was. */
  readonly operation: string | null;
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** As JSON where it is that, else as text; null where there is none. */
  readonly body: Json;
}
export interface Trial {
  /** `system`: settings, components and linked model of the candidate or of a part of it; `examples` as read from test files. One result an example, in order. */
  run(system: Json, examples: Json, options?: TrialOptions): Promise<readonly ExampleResult[]>;
  /** Takes steps whose answers are left open, as callers would one after the other. On stores alone that can be looked into: in memory. Ends with the first walk that breaks. */
  walk(system: Json, walks: Json, options: WalkOptions): Promise<readonly Walked[]>;
  /** Makes ready what examples of this system will need, so that the first one does not wait for it. */
  prepare(system: Json): Promise<void>;
  close(): Promise<void>;
}
