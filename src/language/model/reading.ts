/**
 * What reading a system's sources yields. Types only, so that every process may name them; the reading itself is
 * `#model/read`, and runs in a disposable process alone.
 */
import type { ComponentKind, Contract, Expression, Json, JsonObject, PermanentId, Settings } from '#kernel';
import type { SystemModel } from './system-model.ts';

/** Sources by path inside the system: `theseus.json`, `entities/order.ts`, `entities/order.test.ts`. */
export type SourceFiles = { readonly [path: string]: string };

export interface Span {
  readonly start: number;
  readonly end: number;
}
/** Where the members of a definition stand in its text, as `fields`, `fields/dueDate`, `fields/lines/fields/product`, `invariants/x`, `head`, `columns`, `where`, `decide`. */
export type Outline = { readonly [member: string]: Span };

/** The opening doc comment of a component. */
export interface Head {
  readonly what: string;
  readonly why: string;
  readonly change: string;
  readonly generator: string;
  readonly date: string;
}

export interface ReadComponent {
  readonly kind: ComponentKind;
  readonly name: string;
  readonly path: string;
  readonly head: Head;
  readonly contract: Contract;
  readonly outline: Outline;
  /** Operations, reactions and jobs: JavaScript with types blanked out, so that lines and columns stay; it sets `globalThis.component`. */
  readonly code?: string;
}

/**
 * A step by its address, as callers send it: `http: 'PATCH /rooms/{blue}?dry=1'`, where `{blue}` is the id of the row that a step named so. `with` is then the body as it
 * stands, and `then` what comes back: `status`, `headers`, `body`.
 */
export interface OverHttp {
  readonly http?: string;
  readonly headers?: { readonly [name: string]: string };
}
/** One step of an example. `as` names the row for later steps; money is written as '4.50', references as such names. */
export type ExampleStep =
  | (OverHttp & {
      readonly create: string;
      readonly as?: string;
      readonly by?: string;
      readonly with: JsonObject;
      readonly then?: Expected;
    })
  | (OverHttp & { readonly update: string; readonly by?: string; readonly with: JsonObject; readonly then?: Expected })
  | (OverHttp & { readonly delete: string; readonly by?: string; readonly then?: Expected })
  | (OverHttp & {
      readonly call: string;
      readonly on?: string;
      readonly as?: string;
      readonly by?: string;
      readonly with?: JsonObject;
      readonly then?: Expected;
    })
  /** An approval by a caller in role `by`. */
  | { readonly approve: string; readonly by: string; readonly then?: Expected }
  | (OverHttp & { readonly read: string; readonly by?: string; readonly then: Expected })
  /** The one row that holds these values, such as one that a reaction made; `not-found` where there is none. */
  | { readonly find: string; readonly with: JsonObject; readonly as?: string; readonly by?: string; readonly then?: Expected }
  /** A reaction runs on its event: of the row `on`, changed from what it `was`; or with what was emitted. */
  | { readonly react: string; readonly on?: string; readonly was?: JsonObject; readonly with?: Json; readonly then?: Expected }
  /** A job runs for an instant of its schedule. */
  | { readonly run: string; readonly at: string; readonly then?: Expected }
  /** Time passes, and the job runs at each instant of its schedule that comes; `then` may say which these are. */
  | { readonly run: string; readonly after: string; readonly then?: Expected }
  /** Rows of the view in order; each a partial match. */
  | { readonly show: string; readonly by?: string; readonly then: readonly JsonObject[] }
  /** All that was emitted of an event in this example so far, in order; each a partial match. */
  | { readonly emitted: string; readonly then: readonly Json[] }
  /** All that leaves for a host outside, or for what is below an address of it, so far and in order. */
  | { readonly sent: string; readonly then: readonly JsonObject[] }
  /** What a host outside, or what is below an address of it, answers from here on. */
  | { readonly outside: string; readonly status?: number; readonly answers: Json }
  /** Time passes ('30 days'), and what the clock has to do meanwhile is done. */
  | { readonly after: string }
  /** Says what day it is: it moves the example's own clock, and no time passes. */
  | { readonly today: string };
/** A partial match of the answered row, or the code of the refusal. */
export type Expected = JsonObject | { readonly refused: string };

export interface Example {
  readonly name: string;
  readonly change?: string;
  readonly steps: readonly ExampleStep[];
  /** A sequence: what each step is answered is left open. Nothing breaks, and what runs promise to keep is kept. */
  readonly open?: true;
}
/** Holds for every row of `on` that generation of inputs reaches. */
export interface Property {
  readonly name: string;
  readonly change?: string;
  readonly on: string;
  /** Of a relation what it says of each row alone: of cases that one of them holds and no two do; of two rows, and of what runs keep, nothing. */
  readonly holds: Expression;
  readonly relation?: Relation;
}
/** What is stated of two rows, of several conditions, or of a row before and after something ran; `given` of each row that is spoken of. */
export type Relation = RelationOf<Expression, PermanentId>;
/** With formulas and fields as they are read, and as they are linked. */
export type RelationOf<Formula, Named> = { readonly given?: Formula } & (
  | { readonly kind: 'monotone'; readonly of: Formula; readonly in: Named; readonly direction: 'up' | 'down' }
  | { readonly kind: 'idempotent'; readonly of: Formula; readonly into: Named }
  | {
      readonly kind: 'cases';
      readonly cases: readonly { readonly name: string; readonly holds: Formula }[];
      readonly complete: boolean;
      readonly disjoint: boolean;
    }
  | { readonly kind: 'kept'; readonly kept: Formula }
);
export interface ReadTests {
  readonly path: string;
  readonly examples: readonly Example[];
  readonly properties: readonly Property[];
}

export interface SourceProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong, why, and what to write instead. */
  readonly message: string;
  /** The gate that answers for it, where that is not parse. */
  readonly gate?: 'security';
}
/** A condition over a row, as a scope states it, read against a system. */
export type RegionRead = { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly why: string };
export type SystemReading =
  | {
      readonly ok: true;
      readonly settings: Settings;
      readonly model: SystemModel;
      readonly components: readonly ReadComponent[];
      readonly tests: readonly ReadTests[];
    }
  | { readonly ok: false; readonly problems: readonly SourceProblem[] };

export type { Json };
