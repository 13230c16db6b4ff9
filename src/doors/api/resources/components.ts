/** Components of the generation that serves, with text, contract, lineage and denials. Types alone. */
import type { Json } from '#kernel';

/** GET /_theseus/components */
export interface ComponentSummary {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly source: string;
  readonly what: string;
  /** From the component's opening comment: the change that gave it its present form. */
  readonly change: string;
  readonly generator: string;
}

/** GET /_theseus/components/<kind>/<name> */
export interface ComponentDetail extends ComponentSummary {
  readonly why: string;
  readonly date: string;
  readonly text: string;
  readonly tests: string | null;
  readonly contract: Json;
  /** Versions in the generations in force, newest first. */
  readonly lineage: readonly {
    readonly generation: string;
    readonly change: string | null;
    readonly request: string | null;
    readonly source: string;
    readonly createdAt: string;
  }[];
  /** What it asked for and does not hold, since the system was started; the last few with what its contract would have to say. */
  readonly denials: {
    readonly count: number;
    readonly last: readonly { readonly asked: string; readonly why: string; readonly write: string | null; readonly at: string }[];
  };
}

/** GET /_theseus/sources/<digest> */
export interface SourceJson {
  readonly digest: string;
  readonly text: string;
}
