/**
 * A generation that runs: its model, its prepared statements, its components, and the calls that it answers. A request
 * keeps the one that it entered with; a swap replaces the reference. Doors know the machine by these shapes alone.
 */
import type {
  ApprovalRule,
  Call,
  Caller,
  Digest,
  EntityContract,
  Expression,
  Held,
  Json,
  OperationContract,
  PermanentId,
  Refusal,
  UnaskedContract,
  ViewContract,
  WorkflowContract,
} from '#kernel';
import type { Move, SystemModel } from '#model';
import type { DenialCount } from './broker/denials.ts';
import type { Recording } from './broker/recording.ts';
import type { TimeVerdict } from './service/time-broken.ts';
import type { AskedOfRows, Covered, ListQuery, Page, PlainRow, PlainValues, SentFile } from '#store';

export type { SentFile } from '#store';

export interface Running {
  readonly generation: Digest;
  readonly activation: number;
  readonly model: SystemModel;
}
/** Who a token speaks for; null for one that proves nothing, or nothing any more. */
export type ByToken = (token: string) => Promise<Caller | null>;
/** Who calls, and what came with the request. */
export interface CallOptions {
  readonly caller: Caller;
  /** With the digest of the body that it came with; the same key with another body is refused. */
  readonly idempotency?: { readonly key: string; readonly body: string };
  /** From If-Match. */
  readonly version?: number;
  /** Files that stand in the input of an operation: kept where the call is. */
  readonly files?: readonly SentFile[];
  /** Milliseconds from now; the machine's own limit where it is shorter or not given. */
  readonly deadlineMs?: number;
  /** Hears of each body that ran in the try that was answered, inner ones first: all that is needed to run it again. */
  readonly record?: (recordings: readonly Recording[]) => void;
}
/** `generation` names what answered; `status` is that of a stored answer where the key was seen before. */
export interface Answer<Value> {
  readonly value: Value | Refusal;
  readonly generation: Digest;
  readonly replayed: boolean;
}

/** What a caller may do with a row now; with the refusal that it would get where it may not. */
export interface ActionNow {
  readonly of: { readonly operation: OperationContract } | { readonly move: Move };
  readonly refusal: Refusal | null;
}
export interface ActionsNow {
  /** Of the row that was judged; 0 where nothing can be done with such rows at all. */
  readonly version: number;
  readonly actions: readonly ActionNow[];
}

/** The calls of the system's own interface. `running` is the generation that the request entered with. */
export interface Calls {
  get(running: Running, entity: EntityContract, id: string, options: CallOptions): Promise<Answer<PlainRow>>;
  list(running: Running, entity: EntityContract, query: ListQuery, options: CallOptions): Promise<Answer<Page>>;
  create(running: Running, entity: EntityContract, values: PlainValues, options: CallOptions): Promise<Answer<PlainRow>>;
  update(running: Running, entity: EntityContract, id: string, patch: PlainValues, options: CallOptions): Promise<Answer<PlainRow>>;
  remove(running: Running, entity: EntityContract, id: string, options: CallOptions): Promise<Answer<null>>;
  /** `row`: the row that an operation acts on. The answer is a row of `output.row`, own fields, or null. */
  operate(
    running: Running,
    operation: OperationContract,
    row: string | null,
    input: PlainValues,
    options: CallOptions,
  ): Promise<Answer<PlainRow | PlainValues | null>>;
  /** The bytes of a file that an operation has answered. */
  file(id: string): Promise<SentFile | null>;
  /** A row goes along the transition of this name that is open to the caller. */
  move(running: Running, workflow: WorkflowContract, name: string, row: string, options: CallOptions): Promise<Answer<PlainRow>>;
  approve(running: Running, rule: ApprovalRule, row: string, options: CallOptions): Promise<Answer<PlainRow>>;
  /** Who may not read the row is told nothing of what may be done with it. */
  actions(running: Running, entity: EntityContract, id: string, options: CallOptions): Promise<Answer<ActionsNow>>;
  show(
    running: Running,
    view: ViewContract,
    page: { readonly limit?: number; readonly cursor?: string },
    options: CallOptions,
  ): Promise<Answer<Page>>;
}

/** One run of a reaction or a job, over all its tries: the same call, applied under the same key at most once. */
export interface UnaskedRun {
  readonly call: string;
  readonly key: string;
}
export interface DueMove {
  readonly transition: PermanentId;
  readonly state: PermanentId;
  readonly row: string;
  readonly version: number;
}
/** What nobody calls. `given`: `event` for a reaction, `due` and `dueDay` for a job. */
export interface UnaskedCalls {
  runUnasked(running: Running, contract: UnaskedContract, given: { readonly [name: string]: Json }, run: UnaskedRun): Promise<Answer<null>>;
  /** A row goes along the transition that the clock makes of rows in this state, if it is still of this version. */
  moveUnasked(running: Running, workflow: WorkflowContract, due: DueMove, run: UnaskedRun): Promise<Answer<null>>;
  /** Rows that stand in one of these states, a page of them. */
  standing(
    running: Running,
    workflow: WorkflowContract,
    states: readonly PermanentId[],
    cursor: string | undefined,
  ): Promise<{
    readonly rows: readonly { readonly row: string; readonly state: string; readonly version: number }[];
    readonly next: string | null;
  }>;
  /** What this entity newly asks of the values of its fields that no row may go on without, and whether the rows that are there meet it. */
  barring(running: Running, next: EntityContract): Promise<readonly AskedOfRows[]>;
  /** For how many of the rows a condition over one holds; null where it cannot be told. */
  covered(running: Running, entity: PermanentId, holds: Expression): Promise<Covered | null>;
  /** Where one row stands now: the name of its state. */
  stands(
    running: Running,
    workflow: WorkflowContract,
    row: string,
  ): Promise<{ readonly state: unknown; readonly version: number } | Refusal>;
}

/** A time that an entity is to answer within, held against what callers waited in service in the last day. */
export interface StatedTime extends TimeVerdict {
  /** By name. */
  readonly entity: string;
  readonly withinMs: number;
}

export interface Health {
  readonly status: 'ok' | 'degraded';
  readonly database: 'ok' | 'unavailable';
  readonly generation: Digest | null;
  readonly activation: number;
  readonly frozen: boolean;
  readonly hosts: {
    readonly running: number;
    readonly isolation: string;
    /** What holds hosts on this machine, and what does not. */
    readonly containment: readonly { readonly name: string; readonly holds: boolean; readonly found: string }[];
  };
  /** Component versions in quarantine. */
  readonly quarantined: number;
  /** Runs and requests to hosts outside that failed for good and wait for a person; no more than 2,000 are counted. */
  readonly deadLetters: number;
  /** Required times that are not kept in service. */
  readonly timesBroken: number;
  readonly notes: readonly string[];
}

export interface RollBackOptions {
  readonly change?: string;
  readonly withLater: boolean;
}
export interface RolledBack {
  readonly generation: Digest;
  readonly changes: readonly string[];
  /** Rows that stand where a workflow of the generation before leads nowhere from, in words. */
  readonly stranded: readonly string[];
  /** Where the rows go back as well: the undo that sees to it. */
  readonly undo: string | null;
}
/** What an undo would find in the journal. */
export interface UndoPreview {
  /** Whose writes are meant, as `kind/name`. */
  readonly components: readonly string[];
  /** By name: rows that were made, changed and deleted, and those of them that somebody else has written since. */
  readonly entities: readonly {
    readonly entity: string;
    readonly made: number;
    readonly changed: number;
    readonly deleted: number;
    readonly since: number;
  }[];
  /** Rows that others wrote meanwhile: they stay. */
  readonly others: number;
  /** Requests to hosts outside: those that have left are not undone, those that wait are given up. */
  readonly outside: {
    readonly sent: number;
    readonly waiting: number;
    readonly first: readonly {
      readonly id: string;
      readonly call: string;
      readonly component: string;
      readonly method: string;
      readonly host: string;
      readonly state: 'waiting' | 'sent' | 'dead' | 'stopped';
      readonly at: string;
    }[];
  };
}
export interface WouldRollBack {
  readonly generation: Digest;
  readonly changes: readonly string[];
  /** Its code is taken back already; its rows alone would follow. */
  readonly already: boolean;
  readonly rows: UndoPreview;
}

/** The machine as the doors see it. */
export interface Machine extends Calls {
  /** Null until the system has a generation. */
  current(): Running | null;
  /** Who a token speaks for that an operation issued to one of the system's own people. */
  readonly byToken: ByToken;
  /** Called after each swap, with the generation that serves now. */
  onSwap(listener: (running: Running) => void): void;
  /** With `data: 'revert'` the rows go back as well, also of a change that is taken back already. */
  rollBack(by: Caller, options: RollBackOptions & { readonly data?: 'keep' | 'revert' }): Promise<RolledBack | Refusal>;
  /** What it would take back, and which rows would follow; nothing is done. */
  wouldRollBack(by: Caller, options: RollBackOptions): Promise<WouldRollBack | Refusal>;
  approveChange(by: Caller, session: string, change: string): Promise<{ readonly approved: true } | Refusal>;
  rejectChange(by: Caller, change: string, why: string): Promise<{ readonly rejected: true } | Refusal>;
  freeze(by: Caller, why: string): Promise<{ readonly frozen: true } | Refusal>;
  unfreeze(by: Caller): Promise<{ readonly frozen: false } | Refusal>;
  /** Component versions with strikes or in quarantine. */
  held(): readonly Held[];
  /** A dead letter, or a run that was stopped, is owed again, with all its tries before it. */
  retryDelivery(by: Caller, no: number): Promise<{ readonly waiting: true } | Refusal>;
  /** A run that is owed is given up. */
  stopDelivery(by: Caller, no: number, why: string): Promise<{ readonly stopped: true } | Refusal>;
  /** The same of a request to a host outside, by its id. */
  retrySending(by: Caller, id: string): Promise<{ readonly waiting: true } | Refusal>;
  stopSending(by: Caller, id: string, why: string): Promise<{ readonly stopped: true } | Refusal>;
  /** Forgets what is held against a component, by `kind/name` or by the digest of one version. */
  release(by: Caller, component: string): Promise<{ readonly released: readonly Digest[] } | Refusal>;
  /** What a component asked for and does not hold, since the machine was started. */
  denials(component: string): DenialCount;
  /** Required times, each as it was kept in service. */
  times(): readonly StatedTime[];
  health(): Promise<Health>;
  close(): Promise<void>;
}
export type { Call };
