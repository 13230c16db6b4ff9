/**
 * The JSON of the control API, resource by resource: what `/_theseus/...` takes and answers. Types alone, so that the
 * console, the command line and the server speak of the same members. Moments are ISO text, digests `sha256:...`.
 */
import type { ByModel, ChangeCost, Ownership, Total } from '#ledger';
import type { Budget, Budgets, Envelope, Evidence, Json, JsonObject, KernelEvent, RiskClass, Scope } from '#kernel';
import type { AcceptanceExample, ChangeEvent, Citation, Decision, Option, Outcome, Spent, StepName, Understanding } from '#change';

export type {
  AcceptanceExample,
  Budget,
  Budgets,
  ByModel,
  ChangeCost,
  ChangeEvent,
  Citation,
  Decision,
  Envelope,
  Evidence,
  Json,
  JsonObject,
  KernelEvent,
  Option,
  Outcome,
  Ownership,
  RiskClass,
  Scope,
  Spent,
  StepName,
  Total,
  Understanding,
};

/** RFC 9457. Every answer from 400 on is one, as application/problem+json. */
export interface Problem {
  /** `/errors/<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What is wrong and what to do. */
  readonly detail: string;
  readonly code: string;
  /** A witness: `{ fields: { name: message } }` of values not allowed, `{ nearest }` of an unknown route, ... */
  readonly evidence?: Json;
}
export interface Items<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** GET /_theseus/session */
export interface SessionJson {
  readonly caller: { readonly id: string; readonly name: string; readonly roles: readonly string[] };
  /** `session`: signed in by a link in a browser. `key`: by an API key. */
  readonly by: 'session' | 'key';
  readonly may: Rights;
}
/** What the caller may do, as the system's policy says. */
export interface Rights {
  readonly ask: boolean;
  readonly approve: boolean;
  readonly rollBack: boolean;
  readonly freeze: boolean;
  /** Rows of the system, unless a component says more. */
  readonly read: boolean;
  readonly write: boolean;
  readonly sensitive: boolean;
  /** Keys, callers, audit, sign-in links. */
  readonly administer: boolean;
}

/** GET /_theseus/health */
export interface HealthJson {
  readonly status: 'ok' | 'degraded';
  readonly database: 'ok' | 'unavailable';
  readonly generation: string | null;
  readonly activation: number;
  readonly frozen: boolean;
  readonly hosts: {
    readonly running: number;
    readonly isolation: string;
    /** What holds hosts on this machine, and what does not. */
    readonly containment: readonly { readonly name: string; readonly holds: boolean; readonly found: string }[];
  };
  /** Component versions in quarantine; GET /_theseus/held names them to those who steer. */
  readonly quarantined: number;
  /** Runs and requests to hosts outside that failed for good and wait for a person; no more than 2,000 are counted. */
  readonly deadLetters: number;
  readonly notes: readonly string[];
}

/** GET /_theseus/held: component versions with strikes or in quarantine. POST /_theseus/release takes `{ component }`. */
export interface HeldJson {
  readonly component: string;
  readonly source: string;
  readonly strikes: readonly { readonly at: string; readonly why: string }[];
  readonly quarantined: { readonly at: string; readonly why: string } | null;
}
export interface ReleasedJson {
  readonly released: readonly string[];
}

/** GET /_theseus/who-can: what somebody can do in the generation that serves. */
export interface WhoCanJson {
  /** A role, `anyone`, or `the clock`. */
  readonly who: string;
  /** `read` is of a sensitive field, all else of rows. */
  readonly deed: 'read' | 'create' | 'update' | 'delete';
  /** `product`, or `customer.credit`. */
  readonly what: string;
  /** `some`: access rules let it meet only some. */
  readonly rows: 'all' | 'some';
  readonly path: readonly string[];
  /** The component that does it. */
  readonly by: string;
}
/** GET /_theseus/unasked: a reaction, a job or a transition of the clock, when it comes next, and what of it is owed. */
export interface UnaskedJson {
  readonly component: string;
  /** `workflow`: a transition that the clock makes. */
  readonly kind: 'reaction' | 'job' | 'workflow';
  readonly name: string;
  /** `order.updated`, or what a component emits. */
  readonly event: string | null;
  readonly schedule: { readonly cron: string; readonly timeZone: string; readonly catchUp: 'none' | 'last' | 'all' } | null;
  readonly next: string | null;
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
  readonly stopped: number;
  /** Of those that wait, the ones that wait for the next hour, since this one is spent. */
  readonly heldForHour: number;
  /** `lapse, after 30 days in open`; null of a reaction and a job. */
  readonly after: string | null;
  /** Of transitions as many are made as are due. */
  readonly hour: { readonly runs: number; readonly wallMs: number; readonly mostRuns: number | null; readonly mostWallMs: number | null };
}
/** GET /_theseus/deliveries?state=dead: one run that is or was owed. POST deliveries/{no}/retry; POST deliveries/{no}/stop takes `{ why }`. */
export interface DeliveryJson {
  readonly no: number;
  readonly component: string;
  readonly state: 'waiting' | 'running' | 'done' | 'dead' | 'stopped';
  readonly attempts: number;
  /** The row of the event, the id of one without a row, or the instant of the job. */
  readonly about: string;
  /** The runs that led to this one, and itself. */
  readonly trail: readonly string[];
  readonly dueAt: string | null;
  /** `hour`: its hour is spent. `quarantine`: its component is. */
  readonly held: string | null;
  readonly code: string | null;
  readonly why: string | null;
  readonly evidence: Json;
  readonly madeAt: string;
  readonly endedAt: string | null;
  readonly wallMs: number;
  readonly generation: string | null;
  /** By which journal and recordings name it. */
  readonly call: string;
}

/** GET /_theseus/sendings?state=dead: one request to a host outside, without what it says. POST sendings/{id}/retry; POST sendings/{id}/stop takes `{ why }`. */
export interface SendingJson {
  /** Its Idempotency-Key. */
  readonly id: string;
  readonly component: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly state: 'waiting' | 'sent' | 'dead' | 'stopped';
  readonly tries: number;
  /** What the host answered last, where it took it. */
  readonly status: number | null;
  readonly why: string | null;
  readonly madeAt: string;
  /** Of the last try, or of the last word of a person. */
  readonly at: string;
  readonly call: string;
}

/** `queued`: no step has begun. `waiting`: for an approval, or for an answer to a question. */
export type ChangeState = 'queued' | 'running' | 'waiting' | 'ended';

/** GET /_theseus/changes?limit&before&checks=yes */
export interface ChangeSummary {
  readonly id: string;
  readonly kind: 'change' | 'check';
  /** Who wrote the code that came with it; null where none did. */
  readonly handedInBy: 'agent' | 'person' | null;
  readonly request: string;
  readonly by: string;
  readonly askedAt: string;
  readonly state: ChangeState;
  /** Null while it is queued or runs. */
  readonly outcome: Outcome | null;
  /** Why it ended so, for a person; null before. */
  readonly why: string | null;
  /** The step that it is at, while it runs. */
  readonly step: StepName | null;
  /** The generation that it brought live. */
  readonly generation: string | null;
}
/** GET /_theseus/changes/<id>; also the answer to POST /_theseus/changes (200 ended, 202 not yet) and to approve and reject. */
export interface ChangeDetail extends ChangeSummary {
  readonly roles: readonly string[];
  readonly base: string | null;
  /** The change whose question it answers. */
  readonly continues: string | null;
  /** What was said before: the changes that it goes on from, oldest first. */
  readonly conversation: readonly TurnJson[];
  /** Examples that came with the request. What is hidden from whoever writes has `example: null` for those who neither asked nor may approve. */
  readonly stated: readonly AcceptanceExample[];
  /** Documents that came with the request. */
  readonly attached: readonly { readonly name: string; readonly characters: number }[];
  /** What one change may spend on models, by the policy of now; null while no generation serves. */
  readonly budget: Budget | null;
  /** In the order of the pipeline; a step that was not needed is `skipped`. */
  readonly steps: readonly StepJson[];
  /** The echo: canonical sentences, notes (how many rows it alters), scope and risk. */
  readonly understanding: Understanding | null;
  readonly decision: Decision | null;
  /** Of the newest candidate. */
  readonly evidence: readonly Evidence[];
  readonly candidate: CandidateJson | null;
  readonly certificate: string | null;
  /** Of a question: canonical sentences, each with one reading. Ask one of them in place of the request. */
  readonly options: readonly Option[];
  /** Of a refusal: the words without a role, the nearest sentence, the conflicting component. */
  readonly witness: Json;
  readonly cost: CostJson;
  readonly endedAt: string | null;
  /** Every event, in order, with moments in milliseconds, as the SSE stream sends them. */
  readonly events: readonly ChangeEvent[];
}
/** An earlier request of a conversation, and what it was answered. */
export interface TurnJson {
  readonly id: string;
  readonly request: string;
  readonly by: string;
  readonly askedAt: string;
  readonly outcome: Outcome | null;
  readonly why: string | null;
  readonly options: readonly Option[];
}
export interface StepJson {
  readonly name: StepName;
  readonly state: 'waiting' | 'started' | 'done' | 'failed' | 'skipped';
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly cpuMs: number | null;
  readonly wallMs: number | null;
  readonly detail: Json;
}
export interface CandidateJson {
  readonly id: string;
  readonly generator: string;
  readonly base: string;
  readonly generation: string | null;
  /** What whoever wrote it says of it. */
  readonly notes: readonly string[];
  readonly files: readonly FileDifference[];
  readonly contracts: readonly ContractDifference[];
}
export interface FileDifference {
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly before: string | null;
  readonly after: string | null;
  /** Line by line, the whole file; `before` and `after` are line numbers from 1, null where the line is not there. */
  readonly lines: readonly LineDifference[];
}
export interface LineDifference {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
}
export interface ContractDifference {
  /** `entity/invoice` */
  readonly component: string;
  /** `field/dueDate`, `operation`, ... in the words of the contract; empty for the whole component. */
  readonly member: string;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly before: Json;
  readonly after: Json;
}
export interface CostJson {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly phases: readonly { readonly phase: string; readonly cpuMs: number; readonly wallMs: number }[];
}
/** POST /_theseus/changes?wait=<seconds> */
export interface AskJson {
  readonly request: string;
  readonly base?: string;
  /** `check`: the evidence alone is wanted. */
  readonly kind?: 'change' | 'check';
  /** Code that is handed in: the new text of each file that changes, null for one that goes. */
  readonly proposal?: ProposalJson;
  /** The change whose question this answers. */
  readonly continues?: string;
  readonly acceptance?: readonly AcceptanceExample[];
  /** Documents that the request speaks of, for whoever writes the code. */
  readonly attachments?: readonly { readonly name: string; readonly text: string }[];
}
export interface ProposalJson {
  readonly from: 'agent' | 'person';
  readonly files: { readonly [path: string]: string | null };
  /** What it may alter; where it is not said, what its files touch. */
  readonly scope?: Scope;
  readonly notes?: readonly string[];
}

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
    readonly handedIn: string;
  };
  readonly caps: { readonly files: number; readonly bytes: number; readonly fileBytes: number };
  readonly components: readonly { readonly component: string; readonly path: string; readonly what: string }[];
  /** Components that are not listed. */
  readonly more: number;
}
/** GET /_theseus/context?component=entity/order, or ?question=... */
export interface ContextJson {
  readonly generation: string;
  readonly components: readonly ContextPiece[];
  /** What these name, and what names them: contracts without text. */
  readonly neighbours: readonly ContextPiece[];
  readonly kinds: readonly {
    readonly kind: string;
    readonly what: string;
    readonly says: string;
    readonly path: string;
    readonly example: string;
  }[];
  readonly tests: { readonly says: string; readonly path: string; readonly example: string };
}
export interface ContextPiece {
  readonly component: string;
  readonly path: string;
  readonly what: string;
  readonly why: string;
  readonly contract: Json;
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

/** POST /_theseus/rollback. Refused with code `conflict` and `evidence.later` where later changes stand on it. */
export interface RollbackJson {
  readonly change?: string;
  readonly withLater?: boolean;
}
export interface RolledBackJson {
  readonly generation: string;
  readonly changes: readonly string[];
  /** In words: rows that stand in a state which a workflow of that generation does not name. */
  readonly stranded: readonly string[];
}

/** GET /_theseus/generations */
export interface GenerationSummary {
  readonly id: string;
  readonly parent: string | null;
  readonly change: string | null;
  readonly request: string | null;
  readonly createdAt: string;
  readonly serving: boolean;
  /** In the line of generations in force: a rollback can reach it. */
  readonly inForce: boolean;
}
/** GET /_theseus/generations/<id> */
export interface GenerationDetail extends GenerationSummary {
  readonly settings: string;
  readonly components: readonly GenerationComponent[];
  readonly certificate: CertificateJson | null;
  /** Of the kernel's log: admitted, activated, rolled back, closed; countersigned and chained. */
  readonly events: readonly LogEntry[];
}
export interface GenerationComponent {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly source: string;
  readonly contract: string;
  readonly tests: string | null;
}
export interface CertificateJson {
  readonly digest: string;
  readonly envelope: Envelope;
  readonly risk: RiskClass;
  readonly scope: Scope;
  readonly generator: string;
  readonly evidence: readonly Evidence[];
  readonly issued: string;
}
export interface LogEntry {
  readonly seq: number;
  readonly at: string;
  readonly event: KernelEvent;
  readonly previous: string;
  readonly digest: string;
  readonly signature: string;
}

/** GET /_theseus/generations/<id>/bundle: all that `theseus verify` needs without the system. */
export interface BundleJson {
  readonly format: 'theseus/bundle/1';
  readonly generation: string;
  readonly content: Json;
  /** Null for the generation that the system started with. */
  readonly certificate: { readonly digest: string; readonly envelope: Envelope } | null;
  /** Text by digest: every source, test and theseus.json. */
  readonly sources: { readonly [digest: string]: string };
  readonly log: readonly LogEntry[];
  /** Public keys by name (`workshop`, `machine`), PEM. */
  readonly publicKeys: { readonly [name: string]: string };
}

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

/** GET /_theseus/rows/<id>/journal: newest first. Images name fields and choices by their permanent ids; sensitive fields only for who may see them. */
export interface JournalEntryJson {
  readonly at: string;
  readonly call: string;
  readonly caller: string;
  readonly generation: string;
  readonly component: string;
  readonly change: string | null;
  readonly action: string;
  readonly before: Json;
  readonly after: Json;
}
/** GET /_theseus/ledger?change */
export interface LedgerEntryJson {
  readonly change: string;
  readonly phase: string;
  readonly at: string;
  readonly cpuMs: number;
  readonly wallMs: number;
}
/** GET /_theseus/cost?change&since&until&limit, and figures of the owner's own; `format=csv` answers CSV. */
export interface CostReportJson {
  readonly items: readonly ChangeCost[];
  readonly next: null;
  readonly total: Total;
  readonly byModel: readonly ByModel[];
  readonly energy: { readonly method: string; readonly table: string };
  readonly budgets: Budgets | null;
  readonly ownership: Ownership;
}
/** GET /_theseus/audit */
export interface AuditEntryJson {
  readonly id: number;
  readonly at: string;
  readonly caller: string;
  readonly action: string;
  readonly subject: string | null;
  readonly detail: Json;
}

/** GET /_theseus/keys; POST { name, roles } answers a NewKey: the secret is shown once. */
export interface KeyJson {
  readonly id: string;
  readonly name: string;
  readonly caller: string;
  readonly roles: readonly string[];
  readonly createdAt: string;
  readonly ended: boolean;
}
export interface NewKeyJson {
  readonly id: string;
  readonly key: string;
  readonly caller: string;
  readonly roles: readonly string[];
}
/** GET /_theseus/callers */
export interface CallerJson {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly disabled: boolean;
}
/** POST /_theseus/links { caller?, minutes? } */
export interface LinkJson {
  readonly link: string;
  readonly url: string;
  readonly minutes: number;
}

/** GET /_theseus/events (SSE): what a page that shows the system must look at again. */
export type SystemEvent =
  | { readonly kind: 'hello'; readonly generation: string | null; readonly activation: number }
  | { readonly kind: 'change'; readonly change: string }
  | { readonly kind: 'generation'; readonly generation: string; readonly activation: number };
