/** What whoever writes code must know of this system: its description, the context of a component or a question, its sources. Types alone. */
import type { RiskClass } from '#kernel';

/** GET /_theseus/describe: what whoever writes code must know of this system. */
export interface DescriptionJson {
  readonly name: string;
  readonly generation: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly roles: readonly string[];
  readonly kinds: readonly { readonly kind: string; readonly folder: string; readonly what: string; readonly says: string }[];
  readonly tests: string;
  readonly layout: string;
  readonly policy: {
    readonly ask: readonly string[];
    readonly approve: readonly string[];
    readonly autonomy: { readonly [Risk in RiskClass]: string };
    readonly approvals: { readonly [Risk in RiskClass]: number };
    readonly gates: { readonly [Risk in RiskClass]: readonly string[] };
    /** In words, what becomes of a change of that risk that passed. */
    readonly goesLive: { readonly [Risk in RiskClass]: string };
    readonly handedIn: string;
  };
  readonly caps: { readonly files: number; readonly bytes: number; readonly fileBytes: number };
  readonly components: readonly { readonly component: string; readonly path: string; readonly what: string }[];
  /** Components that are not listed. */
  readonly more: number;
}

/** GET /_theseus/context?component=entity/order, ?question=... or ?kind=workflow */
export interface ContextJson {
  readonly generation: string;
  readonly components: readonly ContextPiece[];
  /** What these name, and what names them: in short form, without text. */
  readonly neighbours: readonly ContextPiece[];
  readonly kinds: readonly {
    readonly kind: string;
    readonly what: string;
    readonly says: string;
    readonly path: string;
    readonly example: string;
  }[];
  /** How the kinds that were asked for are written, whole. */
  readonly writing: readonly { readonly title: string; readonly text: string }[];
  readonly tests: { readonly says: string; readonly path: string; readonly example: string };
}

export interface ContextPiece {
  readonly component: string;
  readonly path: string;
  readonly what: string;
  readonly why: string;
  /** Its contract in few words: what it holds, takes, answers, and may. */
  readonly short: string;
  readonly text: string | null;
  readonly tests: string | null;
}

/** GET /_theseus/sources?generation: every file of a generation, that which serves where none is named. */
export interface SourcesJson {
  readonly generation: string;
  readonly files: { readonly [path: string]: string };
  /** The types of its rows, for editors; of the generation that serves. */
  readonly declarations: string | null;
}
