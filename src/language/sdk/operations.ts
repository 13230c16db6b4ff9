/** Operations: a body that somebody calls. All that the body can do is what it is given. */
import type { InUse, VariationPoints } from './definitions.ts';
import type { FieldDefinition, FieldDefinitions, InputOf } from './fields.ts';
import type { EntityName, Fresh, Patch, RowId, Stored } from './rows.ts';
import type { JsonValue } from './rows.ts';

export type Access = 'read' | 'create' | 'update' | 'delete';
type AccessOf<Capability> = Capability extends readonly (infer Held)[]
  ? Held
  : Capability extends { readonly access: readonly (infer Held)[] }
    ? Held
    : never;

export interface Query {
  readonly filters?: readonly {
    readonly field: string;
    readonly op: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'in';
    readonly value: JsonValue;
  }[];
  /** `name` or `-name`. */
  readonly sort?: string;
  readonly cursor?: string;
  readonly limit?: number;
  readonly q?: string;
}
interface Reading<Entity extends string> {
  /** Refused with `not-found` where there is none. */
  get(id: RowId): Promise<Stored<Entity>>;
  list(query?: Query): Promise<{ readonly items: readonly Stored<Entity>[]; readonly next: string | null }>;
  /** How many rows such a list would have in all. */
  count(query?: Pick<Query, 'filters' | 'q'>): Promise<number>;
  /** Every row of a query, however many pages they are; refused with `too-large` beyond the rows that one call may read. */
  all(query?: Omit<Query, 'cursor' | 'limit'>): Promise<readonly Stored<Entity>[]>;
}
interface Creating<Entity extends string> {
  create(values: Fresh<Entity>): Promise<Stored<Entity>>;
}
interface Updating<Entity extends string> {
  update(id: RowId, patch: Patch<Entity>): Promise<Stored<Entity>>;
}
interface Deleting {
  delete(id: RowId): Promise<null>;
}
/** What may be done with the rows of an entity: what the capabilities say, and no more. */
export type DataOf<Entity extends string, Held> = ('read' extends Held ? Reading<Entity> : object) &
  ('create' extends Held ? Creating<Entity> : object) &
  ('update' extends Held ? Updating<Entity> : object) &
  ('delete' extends Held ? Deleting : object);

/** An outside host that may be asked. Without `read`, what is sent leaves after the commit, at least once, always with the same Idempotency-Key. */
export interface HostAccess {
  readonly methods: readonly ('GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[];
  /** GET and HEAD alone: asked at once, and answered. */
  readonly read?: boolean;
}
export type Capabilities = {
  readonly [Entity in EntityName]?:
    | readonly Access[]
    /** Sensitive fields that are seen and written; `lines.cost` inside a list. */
    | { readonly access: readonly Access[]; readonly sensitive?: readonly string[] };
} & {
  /** The entity whose rows it signs in. */
  readonly identity?: EntityName;
  /** Events that it may tell. */
  readonly emit?: readonly string[];
  /** By host: `'api.example.com': { methods: ['GET'], read: true }`. */
  readonly fetch?: { readonly [host: string]: HostAccess };
};

/** What is asked of an outside host. Texts, or JSON that is sent as such. */
export interface OutsideRequest {
  readonly method?: HostAccess['methods'][number];
  readonly headers?: { readonly [name: string]: string };
  readonly body?: JsonValue;
}
export interface OutsideAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** Parsed where the answer is JSON, else its text. */
  readonly body: JsonValue;
}

/** Signing people in. Secrets and tokens are stand-ins: the machine alone knows what they stand for. */
export interface SigningIn<Entity extends EntityName> {
  /** The row whose login and secret these are; null where there is none. */
  check(login: string, secret: string): Promise<Stored<Entity> | null>;
  /** What the caller is sent in its place is a token that it proves itself with. */
  issueToken(row: RowId): Promise<string>;
  /** Ends every token of the row. */
  endTokens(row: RowId): Promise<null>;
}

/** What every body is given, whatever made it run. */
export interface Powers<Held extends Capabilities> {
  readonly data: {
    readonly [Entity in Exclude<keyof Held & string, 'emit' | 'fetch' | 'identity'>]: DataOf<Entity, AccessOf<Held[Entity]>>;
  };
  /** Who calls: for who signed in by itself, `id` is that of its row. */
  readonly caller: { readonly id: string; readonly name: string; readonly roles: readonly string[] };
  readonly identity: Held extends { readonly identity: infer Entity extends EntityName } ? SigningIn<Entity> : undefined;
  /** Today in the system's time zone: "2026-01-31". */
  readonly today: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** From 0 to 1, the same again when the call is replayed. */
  readonly random: () => number;
  readonly log: (message: JsonValue) => void;
  readonly emit: (type: string, data: JsonValue) => Promise<null>;
  /** Another operation in the same transaction, by its own contract: its row, or what its `run` answers; refused as a whole where it refuses. */
  readonly call: (
    operation: string,
    given?: { readonly on?: RowId; readonly with?: { readonly [field: string]: JsonValue | undefined } },
  ) => Promise<{ readonly [field: string]: JsonValue } | null>;
  /** The answer of a host that is read; `queued` where what is sent leaves after the commit. */
  readonly fetch: (url: string, request?: OutsideRequest) => Promise<OutsideAnswer & { readonly queued?: true }>;
}
export interface Given<
  Input extends FieldDefinitions,
  Held extends Capabilities,
  On extends EntityName,
  Points extends VariationPoints = Record<never, never>,
> extends Powers<Held> {
  readonly input: InputOf<Input>;
  /** The row that the operation acts on, with its lists; already in a state that the transition starts from. */
  readonly row: [On] extends [never] ? undefined : Stored<On>;
  /** The strategy in use, by variation point. */
  readonly strategy: InUse<Points>;
}
/** Caps of one run. */
export interface CapsDefinition {
  readonly wallMs?: number;
  readonly capabilityCalls?: number;
  readonly rows?: number;
  readonly bytes?: number;
}

/** Where callers find it, and in which shape they speak with it. */
export interface HttpDefinition {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Segments in braces are inputs: `/articles/{slug}`; `{id}` is the row that it acts on. */
  readonly path?: string;
  readonly status?: number;
  /** Inputs that stand in the query; without, those of a GET that are not in the path. */
  readonly query?: readonly string[];
  /** Inputs that stand in headers. */
  readonly headers?: readonly string[];
  /** What callers call an input, or a header of the answer, where that is not its own name: `{ pageSize: 'page_size', total: 'X-Total-Count' }`. */
  readonly names?: { readonly [name: string]: string };
  /** The input that the whole body is; without, a member an input. */
  readonly body?: string;
  /** What callers send and no input is called. */
  readonly extra?: 'refused' | 'ignored';
  /** Media types that the body comes in: `['application/x-www-form-urlencoded']`; without, JSON. */
  readonly takes?: readonly string[];
  /** The media type of a body that is a text as it stands: 'text/csv'. */
  readonly answers?: string;
  /** How refusals look to its callers; without, a problem document with the status of its code. */
  readonly refusals?: {
    /** 400 to 499, or 200 where callers read in the body that it was refused. */
    readonly statuses?: { readonly [Code in RefusalReason | DoorReason]?: number };
    readonly body?: JsonValue;
    /** Of refusals of one code, in place of `body`. */
    readonly bodies?: { readonly [Code in RefusalReason | DoorReason]?: JsonValue };
    /** What `{fault}` says of a field that is missing, is not known, or is wrong in another way; a word that the body says of it stands as it is. */
    readonly faults?: { readonly missing?: string; readonly unknown?: string; readonly invalid?: string };
  };
}

export interface OperationDefinition<
  Input extends FieldDefinitions,
  Held extends Capabilities,
  On extends EntityName,
  Points extends VariationPoints = Record<never, never>,
> {
  readonly id?: string;
  readonly name: string;
  /** The entity whose row it acts on; its path then holds {id}. */
  readonly on?: On;
  readonly http?: HttpDefinition;
  readonly input?: Input;
  /**
   * `body`: the value of this field is all that callers are sent, and what `run` answers. With other fields beside it, `run` answers an object of
   * all of them: `status` is the status of the answer, and each other one a header of it.
   */
  readonly output?:
    | { readonly row: EntityName }
    | { readonly fields: FieldDefinitions }
    | { readonly body: FieldDefinition; readonly [header: string]: FieldDefinition };
  readonly capabilities?: Held;
  readonly emits?: readonly string[];
  readonly calls?: readonly string[];
  /** Roles that may call it; without, whoever may write. */
  readonly roles?: readonly string[];
  /** The change of state that it alone may make. */
  readonly transition?: { readonly field: string; readonly from: readonly string[]; readonly to: string };
  readonly caps?: CapsDefinition;
  /** Named ways that it can go: by point, what each strategy means. */
  readonly strategies?: Points;
  run(given: Given<Input, Held, On, Points>): Promise<unknown>;
}

export const operation = <
  const Input extends FieldDefinitions = Record<never, never>,
  const Held extends Capabilities = Record<never, never>,
  const On extends EntityName = never,
  const Points extends VariationPoints = Record<never, never>,
>(
  definition: OperationDefinition<Input, Held, On, Points>,
): OperationDefinition<Input, Held, On, Points> => definition;

/** Codes that an operation may refuse with. */
export type RefusalReason =
  | 'conflict'
  | 'invalid'
  | 'not-found'
  /** Who calls has to prove first who they are: what they said does not. */
  | 'unauthenticated'
  | 'forbidden'
  | 'state-forbids'
  | 'approval-needed'
  | 'in-use'
  | 'too-large'
  | 'impossible';

/** Codes that a call is refused with before a body runs: no JSON, another type of content, a version that moved on, too many calls. */
export type DoorReason =
  | 'malformed'
  | 'unsupported-media-type'
  | 'not-acceptable'
  | 'stale'
  | 'idempotency-mismatch'
  | 'rate-limited'
  /** Of `unauthenticated`: what came as a token is none that somebody has. */
  | 'unknown-token';

/** In bodies: milliseconds since 1970 as "2026-01-31T09:30:00.000Z", as other systems write an instant; and back, from a text with its offset. */
export const instantText = (instant: number): string => new Date(instant).toISOString();
export const instantOf = (text: string): number => Date.parse(text);

/** Ends the call with a refusal; nothing of it is kept. The caller reads `why`. */
export function refuse(code: RefusalReason, why: string, evidence?: JsonValue): never {
  throw Object.assign(new Error(why), { code, evidence });
}
