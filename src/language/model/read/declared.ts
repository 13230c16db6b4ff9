/**
 * What one file says by itself, before anything in other files is looked up. It depends on path and text alone, so it is
 * kept by digest. Formulas are syntax nodes still; names of other things are texts still.
 */
import type {
  Caps,
  DataAccess,
  FetchMethod,
  FieldType,
  HourlyCaps,
  HttpContract,
  JobContract,
  Json,
  PermanentId,
  Retries,
  RowEvent,
  VariationPoint,
  ViewColumn,
  WorkflowTransition,
} from '#kernel';
import type { Head, Outline, RelationOf } from '../reading.ts';
import type { Found } from './reporter.ts';
import type { Expression } from './syntax.ts';

export interface Named {
  readonly name: string;
  readonly start: number;
}
/** A formula with the place where it stands. */
export type Formula = Expression;

export interface DeclaredField {
  readonly id: PermanentId;
  readonly no: number;
  readonly name: string;
  readonly start: number;
  /** References stand with `to` left open, lists with their fields left open: see `to` and `fields`. */
  readonly type: FieldType;
  readonly to?: Named;
  readonly fields?: readonly DeclaredField[];
  readonly required: boolean;
  readonly unique: boolean;
  readonly sensitive: boolean;
  readonly defaultLiteral?: { readonly json: Json; readonly start: number };
  readonly defaultFormula?: Formula;
  readonly live?: Formula;
  readonly fixed?: { readonly while: Formula; readonly formula: Formula; readonly otherwise: Formula };
}
export interface DeclaredInvariant {
  readonly name: string;
  readonly holds: Formula;
  readonly message: string;
  readonly start: number;
}

export interface DeclaredIndex {
  readonly filter: readonly Named[];
  /** With a `-` before the name where it goes from the greatest to the least. */
  readonly sort: readonly Named[];
  readonly search: boolean;
  readonly start: number;
}

export interface DeclaredEntity {
  readonly kind: 'entity';
  readonly id: PermanentId;
  readonly name: string;
  readonly plural: string;
  readonly title: Named;
  readonly fields: readonly DeclaredField[];
  readonly retired: readonly { readonly id: PermanentId; readonly no: number; readonly name: string }[];
  readonly invariants: readonly DeclaredInvariant[];
  readonly identity?: {
    readonly login: Named;
    readonly roles: readonly Named[];
    readonly days: number;
    readonly header?: string;
    readonly start: number;
  };
  readonly indexes: readonly DeclaredIndex[];
  readonly shapes: ReadonlyMap<string, { readonly shape: Json; readonly start: number }>;
  readonly answersWithin?: number;
}
export interface DeclaredDecision {
  readonly kind: 'rule';
  readonly form: 'decision';
  readonly id: PermanentId;
  readonly name: string;
  readonly on: Named;
  readonly governs: Named;
  readonly decide: Formula;
  readonly ensures: readonly DeclaredInvariant[];
  readonly points: readonly VariationPoint[];
}
export interface DeclaredApproval {
  readonly kind: 'rule';
  readonly form: 'approval';
  readonly id: PermanentId;
  readonly name: string;
  readonly on: Named;
  readonly by: Named;
  readonly when: Formula;
  readonly amount?: Formula;
  readonly before: Named;
}
export interface DeclaredFetch {
  readonly host: string;
  readonly methods: readonly FetchMethod[];
  readonly read: boolean;
}
export interface DeclaredAccess {
  readonly kind: 'rule';
  readonly form: 'access';
  readonly id: PermanentId;
  readonly name: string;
  readonly on: Named;
  readonly roles: readonly Named[];
  readonly rows: Formula;
  readonly write?: Formula;
}
export interface DeclaredTransition {
  readonly id: PermanentId;
  readonly name: string;
  readonly start: number;
  readonly from: readonly Named[];
  readonly to: Named;
  readonly when?: Formula;
  readonly message?: string;
  readonly roles: readonly Named[];
  readonly after?: NonNullable<WorkflowTransition['after']>;
}
export interface DeclaredOrder {
  readonly statement?: string;
  readonly reach: Named;
  readonly without?: Named;
  readonly after?: Named;
}
export interface DeclaredWorkflow {
  readonly kind: 'workflow';
  readonly id: PermanentId;
  readonly name: string;
  readonly start: number;
  readonly on: Named;
  readonly field: Named;
  readonly starts: Named;
  readonly ends: readonly Named[];
  readonly transitions: readonly DeclaredTransition[];
  readonly never: readonly DeclaredOrder[];
}
/** What a body may do. */
export interface DeclaredCapabilities {
  readonly capabilities: readonly {
    readonly entity: Named;
    readonly access: readonly DataAccess[];
    readonly sensitive: readonly Named[];
  }[];
  readonly emits: readonly string[];
  readonly calls: readonly Named[];
  readonly fetches: readonly DeclaredFetch[];
  /** Entities whose rows it may sign in. */
  readonly identities: readonly Named[];
}
/** What everything with a body says of it. */
export interface DeclaredBody extends DeclaredCapabilities {
  readonly id: PermanentId;
  readonly name: string;
  readonly caps: Caps;
  readonly code: string;
}
export interface DeclaredOperation extends DeclaredBody {
  readonly kind: 'operation';
  readonly on?: Named;
  readonly http: Partial<Omit<HttpContract, 'query' | 'headers' | 'body'>> & {
    readonly query?: readonly Named[];
    readonly headers?: readonly Named[];
    readonly body?: Named;
    readonly start: number;
  };
  readonly input: readonly DeclaredField[];
  readonly output: { readonly row: Named } | { readonly fields: readonly DeclaredField[]; readonly whole?: true } | null;
  readonly roles: readonly Named[];
  readonly transition?: { readonly field: Named; readonly from: readonly Named[]; readonly to: Named };
  readonly points: readonly VariationPoint[];
}
export interface DeclaredReaction extends DeclaredBody {
  readonly kind: 'reaction';
  readonly on: { readonly entity: Named; readonly happens: RowEvent } | { readonly event: string };
  readonly retries: Retries;
  readonly hourly: HourlyCaps;
}
export interface DeclaredJob extends DeclaredBody {
  readonly kind: 'job';
  readonly schedule: JobContract['schedule'];
  readonly retries: Retries;
  readonly hourly: HourlyCaps;
}
export interface DeclaredColumn {
  readonly name: string;
  readonly start: number;
  readonly label: string;
  readonly value?: Formula;
  readonly aggregate?: NonNullable<ViewColumn['aggregate']>;
}
export interface DeclaredView {
  readonly kind: 'view';
  readonly id: PermanentId;
  readonly name: string;
  readonly title: string;
  readonly from: Named;
  readonly where?: Formula;
  readonly columns: readonly DeclaredColumn[];
  readonly order: readonly Named[];
  readonly limit?: number;
  readonly show: 'table' | 'number';
}
export interface DeclaredProperty {
  readonly name: string;
  readonly change?: string;
  readonly on: Named;
  /** Of a relation absent. */
  readonly holds?: Formula;
  readonly relation?: DeclaredRelation;
}
export type DeclaredRelation = RelationOf<Formula, Named>;
export interface DeclaredStep {
  readonly json: { readonly [name: string]: Json };
  readonly start: number;
}
export interface DeclaredTests {
  readonly kind: 'tests';
  readonly examples: readonly {
    readonly name: string;
    readonly change?: string;
    readonly steps: readonly DeclaredStep[];
    readonly open?: true;
  }[];
  readonly properties: readonly DeclaredProperty[];
}
export type Declaration =
  | DeclaredEntity
  | DeclaredDecision
  | DeclaredApproval
  | DeclaredWorkflow
  | DeclaredOperation
  | DeclaredView
  | DeclaredReaction
  | DeclaredJob
  | DeclaredAccess
  | DeclaredTests;

/** A permanent id as it stands in a source. */
export interface IdPlace {
  readonly id: PermanentId;
  readonly start: number;
}

export interface Declared {
  readonly path: string;
  readonly head: Head;
  readonly outline: Outline;
  /** Absent where the file is too broken to say what it is. */
  readonly declaration?: Declaration;
  readonly ids: readonly IdPlace[];
  readonly sdk: ReadonlyMap<string, string>;
  readonly imports: ReadonlyMap<string, { readonly path: string; readonly start: number }>;
  readonly found: readonly Found[];
}
