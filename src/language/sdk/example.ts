/** Tests of components: examples that a person can read, and properties that hold for every row. Literal data, as all definitions. */
import type { EntityName, JsonValue, Row } from './rows.ts';

export interface Values {
  readonly [field: string]: JsonValue;
}
/**
 * A partial match of the answered row, or the code of the refusal, with what it says of fields where that matters. `by` is a role (that caller has the id `example-<role>`), `anyone`
 * (who has not signed in), or the name of a row of an entity whose rows sign in: it is that person who acts.
 */
export type Expected = Values | { readonly refused: string; readonly fields?: { readonly [field: string]: string } };
/**
 * A step by its address, as callers send it: `http: 'PATCH /rooms/{blue}?dry=1'`, where `{blue}` stands for the id of the row that a step named so. `with` is the body as it
 * stands. In headers `{ada}` stands for the token of a person: `{ 'X-Api-Key': '{ada}' }`.
 */
export interface OverHttp {
  readonly http: string;
  readonly headers?: { readonly [name: string]: string };
}
/** What comes back, in part: a header that may not be there is null. Without it the status is under 400. */
export interface Answered {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string | null };
  readonly body?: JsonValue;
}
export type Step =
  | { readonly create: string; readonly as?: string; readonly by?: string; readonly with: Values; readonly then?: Expected }
  | (OverHttp & { readonly create: string; readonly by?: string; readonly with?: JsonValue; readonly then?: Answered })
  | { readonly update: string; readonly by?: string; readonly with: Values; readonly then?: Expected }
  | (OverHttp & { readonly update: string; readonly by?: string; readonly with?: JsonValue; readonly then?: Answered })
  | { readonly delete: string; readonly by?: string; readonly then?: Expected }
  | (OverHttp & { readonly delete: string; readonly with?: JsonValue; readonly by?: string; readonly then?: Answered })
  | {
      readonly call: string;
      readonly on?: string;
      readonly as?: string;
      readonly by?: string;
      readonly with?: Values;
      readonly then?: Expected;
    }
  | (OverHttp & { readonly call: string; readonly by?: string; readonly with?: JsonValue; readonly then?: Answered })
  | { readonly approve: string; readonly by: string; readonly then?: Expected }
  | { readonly read: string; readonly by?: string; readonly then: Expected }
  | (OverHttp & { readonly read: string; readonly by?: string; readonly then: Answered })
  /** The one row that holds these values, such as one that a reaction made; `not-found` where there is none, `conflict` where there are several. */
  | { readonly find: string; readonly with: Values; readonly as?: string; readonly by?: string; readonly then?: Expected }
  /** A reaction runs on an event: of the row `on`, where a change is told with what it `was`; or with the data `with` that was emitted. */
  | {
      readonly react: string;
      readonly on?: string;
      readonly was?: Values;
      readonly with?: JsonValue;
      readonly then?: { readonly refused: string };
    }
  /** A job runs for an instant of its schedule: '2026-02-01T06:00:00Z'. */
  | { readonly run: string; readonly at: string; readonly then?: { readonly refused: string } }
  /** Time passes ('2 days'), and the job runs at each instant of its schedule that comes; `then.at` says which these are. */
  | {
      readonly run: string;
      readonly after: string;
      readonly then?: { readonly at: readonly string[] } | { readonly refused: string };
    }
  | { readonly show: string; readonly by?: string; readonly then: readonly Values[] }
  /** All that was emitted of this event so far, in order, each in part; a name of a row stands for its id. `[]`: nothing was. */
  | { readonly emitted: string; readonly then: readonly JsonValue[] }
  /** All that leaves for this host (or for what is below `host/path`) after the commits so far, in order, each in part. In a trial nothing leaves. */
  | { readonly sent: string; readonly then: readonly SentRequest[] }
  /** From here on this host (or what is below `host/path`) answers so when a body reads it; in a trial nothing outside is asked. */
  | { readonly outside: string; readonly status?: number; readonly answers: JsonValue }
  /** Time passes ('90 minutes', '1 hour', '30 days'): transitions of the clock are made as they fall due, and who signed in is out when that ends. */
  | { readonly after: string }
  /** Says what day it is, without time passing: nothing falls due by it. */
  | { readonly today: string };

/** A request to a host outside. `body` as JSON where it is that; `{first}` in `url` stands for the id of the row that a step named so. */
export interface SentRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: JsonValue;
}

export interface ExampleDefinition {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly change?: string;
}
/** What somebody does: a step whose answer is left open. */
export type Deed = Exclude<
  Step,
  | { readonly read: string }
  | { readonly find: string }
  | { readonly show: string }
  | { readonly emitted: string }
  | { readonly sent: string }
> & {
  readonly then?: never;
};
export interface PropertyDefinition {
  readonly name: string;
  readonly on: string;
  readonly holds: (row: never) => boolean;
  readonly change?: string;
}

export interface RelationDefinition {
  readonly name: string;
  readonly on: string;
  readonly change?: string;
}

export const example = (name: string, steps: readonly Step[], options: { readonly change?: string } = {}): ExampleDefinition => ({
  name,
  steps,
  ...options,
});
/** Steps one after the other, by whom it may be: whatever each is answered, nothing breaks, and what runs promise to keep is kept. */
export const sequence = (name: string, steps: readonly Deed[], options: { readonly change?: string } = {}): ExampleDefinition => ({
  name,
  steps,
  ...options,
});
export const property = <const Entity extends EntityName>(
  name: string,
  definition: { readonly on: Entity; readonly holds: (row: Row<Entity>) => boolean },
  options: { readonly change?: string } = {},
): PropertyDefinition => ({ name, ...definition, ...options });
/**
 * What holds of two rows, or of several conditions, whatever the row. `in` and `direction`: of two rows that differ in that field alone, the
 * one with more of it never has less of `of` (or more: 'down'). `into`: what `of` gives, put into that field, gives the same again.
 * `cases`: one of them always holds (`complete`), no two do (`disjoint`). `given`: only rows of which it holds are spoken of.
 * `kept`: what operations, reactions and jobs keep: where it held before one of them ran, it holds after. Plain writes need not.
 */
export const relation = <const Entity extends EntityName>(
  name: string,
  definition: { readonly on: Entity; readonly given?: (row: Row<Entity>) => boolean } & (
    | { readonly of: (row: Row<Entity>) => unknown; readonly in: string; readonly direction: 'up' | 'down' }
    | { readonly of: (row: Row<Entity>) => unknown; readonly into: string }
    | {
        readonly cases: { readonly [name: string]: (row: Row<Entity>) => boolean };
        readonly complete?: boolean;
        readonly disjoint?: boolean;
      }
    | { readonly kept: (row: Row<Entity>) => boolean }
  ),
  options: { readonly change?: string } = {},
): RelationDefinition => ({ name, ...definition, ...options });
type TestDefinition = ExampleDefinition | PropertyDefinition | RelationDefinition;
export const examples = (tests: readonly TestDefinition[]): readonly TestDefinition[] => tests;
