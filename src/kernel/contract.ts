/** Contracts: what a component promises, by kind. Read from its syntax by language/model, never executed. */
import type { PermanentId } from './brand.ts';
import type { Field } from './field.ts';
import type { Json } from './json.ts';
import type { Expression } from './rule-ir.ts';

export type ComponentKind = 'entity' | 'rule' | 'workflow' | 'operation' | 'view' | 'reaction' | 'job';

export interface Invariant {
  readonly name: string;
  readonly holds: Expression;
  readonly message: string;
}

/**
 * A question that lists of these rows are asked often and that an index is kept for: rows by what `filter` fields are, in the order
 * of `sort`, or by the words of their texts. No caller sees whether it is there.
 */
export type EntityIndex =
  | { readonly filter: readonly PermanentId[]; readonly sort: readonly { readonly field: PermanentId; readonly descending: boolean }[] }
  | { readonly search: true };

export interface EntityContract {
  readonly kind: 'entity';
  readonly id: PermanentId;
  /** camelCase singular. */
  readonly name: string;
  /** camelCase plural; its kebab-case is the path under /api. */
  readonly plural: string;
  readonly fields: readonly Field[];
  /** Hidden fields: removed in this generation, kept in the data; their ids and numbers are never given again. */
  readonly retired: readonly { readonly id: PermanentId; readonly no: number; readonly name: string }[];
  /** The field that names a row to a person. */
  readonly title: string;
  readonly invariants: readonly Invariant[];
  /** Its rows are people who sign in by themselves: what names them, what they prove it with, what they may, and for how long. */
  readonly identity?: {
    readonly login: PermanentId;
    readonly secret: PermanentId;
    readonly roles: readonly string[];
    readonly days: number;
    /** A header that their tokens may come in besides Authorization, in small letters. */
    readonly header?: string;
  };
  readonly indexes?: readonly EntityIndex[];
  /** How its rows are shown to callers of published interfaces, by name: parts of JSON Schema that operations use as `{ $ref: 'article.card' }`. */
  readonly shapes?: { readonly [name: string]: Json };
  /** Milliseconds in which its rows are to be read and listed: measured before a change of it goes live, and promised to nobody. */
  readonly answersWithin?: number;
}

/** Where a rule or an operation can go one of several named ways; which one is a setting. The first is taken where nothing is said. */
export interface VariationPoint {
  readonly name: string;
  readonly strategies: readonly { readonly name: string; readonly meaning: string }[];
}
/** A pure decision: named inputs to one value. Calls from other components are inlined when the model is read. */
export interface DecisionRule {
  readonly kind: 'rule';
  readonly form: 'decision';
  readonly id: PermanentId;
  readonly name: string;
  /** The entity whose row is its input, and the field that it governs. */
  readonly on: PermanentId;
  readonly governs: PermanentId;
  readonly decide: Expression;
  readonly ensures: readonly Invariant[];
  readonly points?: readonly VariationPoint[];
}
/** Until a caller in `role` has approved the row, its `before` field (a state) and every operation on it are refused. */
export interface ApprovalRule {
  readonly kind: 'rule';
  readonly form: 'approval';
  readonly id: PermanentId;
  readonly name: string;
  readonly on: PermanentId;
  readonly role: string;
  readonly when: Expression;
  /** What was approved; an approval covers a row while this does not grow over what it was then. */
  readonly amount?: Expression;
  readonly before: PermanentId;
}
/**
 * Callers in these roles see and change only the rows of which it holds, unless another of their roles says more. It reads
 * the inputs `row` and `caller`, and of the caller its id and name.
 */
export interface AccessRule {
  readonly kind: 'rule';
  readonly form: 'access';
  readonly id: PermanentId;
  readonly name: string;
  readonly on: PermanentId;
  readonly roles: readonly string[];
  readonly rows: Expression;
  /** Of the rows that are seen, those that may be changed as well; absent: all of them. */
  readonly write?: Expression;
}
export type RuleContract = DecisionRule | ApprovalRule | AccessRule;

export type DataAccess = 'read' | 'create' | 'update' | 'delete';
/** What each verb of `data.<entity>` needs. */
export const accessOf: { readonly [verb: string]: DataAccess } = {
  get: 'read',
  list: 'read',
  count: 'read',
  all: 'read',
  create: 'create',
  update: 'update',
  delete: 'delete',
};
export type Capability =
  | {
      readonly kind: 'data';
      readonly entity: PermanentId;
      readonly access: readonly DataAccess[];
      readonly sensitive: readonly PermanentId[];
    }
  | { readonly kind: 'emit'; readonly event: string }
  | { readonly kind: 'call'; readonly operation: PermanentId }
  /** May set and check what rows of the entity sign in with, and have tokens issued for them. */
  | { readonly kind: 'identity'; readonly entity: PermanentId }
  /** An outside host by name, with its port where it is not that of https. Sent after the commit, unless it is a read. */
  | { readonly kind: 'fetch'; readonly host: string; readonly methods: readonly FetchMethod[]; readonly read: boolean };
export type FetchMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Caps of one call. The hard limits, above which no contract and no policy goes, stand in caps.ts. */
export interface Caps {
  readonly wallMs: number;
  readonly capabilityCalls: number;
  readonly rows: number;
  readonly bytes: number;
}

/** What the broker holds a body to, whatever kind of component it is of. */
export interface BodyTerms {
  readonly id: PermanentId;
  readonly name: string;
  readonly capabilities: readonly Capability[];
  readonly caps: Caps;
}

/** What has a body: operations, which somebody calls, and what runs unasked. The machine runs all of them in one way. */
export type BodyContract = OperationContract | UnaskedContract;

/** Where callers find an operation, and in which shape they speak with it: that of an interface that somebody else has published, where that is so. */
export interface HttpContract {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Segments in braces are inputs of that name; `{id}` is the row that it acts on. */
  readonly path: string;
  readonly status: number;
  /** Inputs that stand in the query; absent: those of a GET that are not in the path. */
  readonly query?: readonly string[];
  /** Inputs that stand in headers. */
  readonly headers?: readonly string[];
  /** The input that the whole body is; absent: a member an input. */
  readonly body?: string;
  /** What callers call an input, or a header of the answer, where that is not its own name: `{ pageSize: 'page_size' }`. */
  readonly names?: { readonly [name: string]: string };
  /** What callers send and no input is called: refused, or left out. */
  readonly extra?: 'refused' | 'ignored';
  /** The media types that its body comes in, in small letters; absent: JSON, or of a body that is a file those of the file. */
  readonly takes?: readonly string[];
  /** The media type of an answer that is a text as it stands, or JSON by another name; absent: JSON, or that of a file. */
  readonly answers?: string;
  readonly refusals?: HttpRefusals;
}
export type FieldFault = 'missing' | 'unknown' | 'invalid';
/** How refusals look to callers of this operation; absent: a problem document with the status of its code. */
export interface HttpRefusals {
  readonly statuses: { readonly [code: string]: number };
  /**
   * A template: the texts `{why}`, `{code}`, `{status}` stand for what they say; a value that is `{fields}` for the messages by field, `{body}` for `[why]`;
   * a list of one item with `{field}`, `{message}` or `{fault}` has such an item for each message of a field, and outside of a list `{field}` is the first of
   * them; `{evidence.NAME}` is what the refusal says beside its words, and a member of that value is left out where it says nothing.
   */
  readonly body?: Json;
  /** Templates for refusals of these codes; `unknown-token` is `unauthenticated` of who sent a token that nobody has. */
  readonly bodies?: { readonly [code: string]: Json };
  /** What `{fault}` says of a field that is missing, not known, or wrong in another way. */
  readonly faults?: { readonly [fault in FieldFault]?: string };
}

export interface OperationContract {
  readonly kind: 'operation';
  readonly id: PermanentId;
  readonly name: string;
  /** Where it acts on one row: that entity; its path then holds {id}. */
  readonly on?: PermanentId;
  readonly http: HttpContract;
  readonly input: readonly Field[];
  /**
   * The row it answers with, or own fields, or nothing. `whole`: the value of `body` is all that callers are sent, the others are headers of the
   * answer, and `status` is its status.
   */
  readonly output: { readonly row: PermanentId } | { readonly fields: readonly Field[]; readonly whole?: true } | null;
  readonly capabilities: readonly Capability[];
  /** Roles that may call it; empty: whoever may write the entity. */
  readonly roles: readonly string[];
  /** The state change that it alone may make: a plain update of `field` to `to` is then refused. */
  readonly transition?: { readonly field: PermanentId; readonly from: readonly PermanentId[]; readonly to: PermanentId };
  readonly caps: Caps;
  readonly points?: readonly VariationPoint[];
}

/**
 * The way of the rows of one entity through the values of one of its choices. Whoever writes, a row moves along a transition
 * or not at all: the one write path holds to it, so that no operation, reaction or job can go another way.
 */
export interface WorkflowContract {
  readonly kind: 'workflow';
  readonly id: PermanentId;
  readonly name: string;
  /** The entity, and its choice that holds the state. */
  readonly on: PermanentId;
  readonly field: PermanentId;
  /** The state that a row is created in. */
  readonly starts: PermanentId;
  /** States in which a row may stay for ever. */
  readonly ends: readonly PermanentId[];
  readonly transitions: readonly WorkflowTransition[];
  readonly never: readonly ForbiddenOrder[];
}
export interface WorkflowTransition {
  readonly id: PermanentId;
  /** A verb, camelCase: `ship`. Its path is /api/<plural>/{id}/<kebab-case of it>, unless an operation makes this transition. */
  readonly name: string;
  readonly from: readonly PermanentId[];
  readonly to: PermanentId;
  /** The guard, over inputs `row` (as it is before) and `caller`. */
  readonly when?: Expression;
  /** What a caller is told where the guard does not hold. */
  readonly message?: string;
  /** Roles that may make it; empty: whoever may write the entity. Of `after` nobody but the clock makes it. */
  readonly roles: readonly string[];
  /** Made by the clock, once a row has stood in the state this long. */
  readonly after?: { readonly count: number; readonly unit: 'minutes' | 'hours' | 'days' };
}
/** An order of states that no row may ever take: `reach` without having been in `without` before, or `reach` once it was in `after`. */
export type ForbiddenOrder =
  | { readonly statement: string; readonly reach: PermanentId; readonly without: PermanentId }
  | { readonly statement: string; readonly reach: PermanentId; readonly after: PermanentId };

/** What happens to a row. */
export type RowEvent = 'created' | 'updated' | 'deleted' | 'approved';
/** A run that failed is tried again: after `firstMs`, then twice as long each time, at most `mostMs`; after `attempts` it is a dead letter. */
export interface Retries {
  readonly attempts: number;
  readonly firstMs: number;
  readonly mostMs: number;
}
/** What runs unasked may cost no more than this in an hour of the clock; what is over waits for the next. */
export interface HourlyCaps {
  readonly runs: number;
  readonly wallMs: number;
}

/** Runs after an event was committed, whoever caused it; at least once, and applied once in the system's own data. */
export interface ReactionContract {
  readonly kind: 'reaction';
  readonly id: PermanentId;
  readonly name: string;
  /** What happens to rows of an entity, or an event that an operation, a reaction or a job emits. */
  readonly on: { readonly entity: PermanentId; readonly happens: RowEvent } | { readonly event: string };
  readonly capabilities: readonly Capability[];
  readonly caps: Caps;
  readonly retries: Retries;
  readonly hourly: HourlyCaps;
}
/** Runs on a schedule, one run at a time. */
export interface JobContract {
  readonly kind: 'job';
  readonly id: PermanentId;
  readonly name: string;
  readonly schedule: {
    /** Five fields: minute, hour, day of the month, month, day of the week. */
    readonly cron: string;
    /** An IANA name; that of the system where none is given. */
    readonly timeZone?: string;
    /** What becomes of the instants that passed while the system was down. */
    readonly catchUp: 'none' | 'last' | 'all';
  };
  readonly capabilities: readonly Capability[];
  readonly caps: Caps;
  readonly retries: Retries;
  readonly hourly: HourlyCaps;
}
export type UnaskedContract = ReactionContract | JobContract;

export interface ViewColumn {
  readonly name: string;
  readonly label: string;
  readonly value: Expression;
  readonly aggregate?: 'sum' | 'count' | 'average' | 'smallest' | 'largest';
}
export interface ViewContract {
  readonly kind: 'view';
  readonly id: PermanentId;
  readonly name: string;
  readonly title: string;
  readonly from: PermanentId;
  /** Input `row` is the row of `from`. */
  readonly where?: Expression;
  /** Columns without `aggregate` are the group, where any column has one. */
  readonly columns: readonly ViewColumn[];
  readonly order: readonly { readonly column: string; readonly direction: 'ascending' | 'descending' }[];
  readonly limit?: number;
  readonly show: 'table' | 'number';
}

export type Contract = EntityContract | RuleContract | OperationContract | ViewContract | UnaskedContract | WorkflowContract;

export const hasBody = (contract: Contract): contract is BodyContract =>
  contract.kind === 'operation' || contract.kind === 'reaction' || contract.kind === 'job';
