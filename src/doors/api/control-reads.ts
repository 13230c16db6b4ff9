/**
 * What the control API needs of the tables of record, and nothing else: reads, the saving of a request, the audit of what
 * the machine does not audit itself. The process that joins store and doors implements it; the doors never see a database.
 */
import type { Caller, Contract, Digest, Envelope, Generation, Json, JsonObject, KernelEvent } from '#kernel';
import type { ChangeEvent, ChangeRequest } from '#change';
import type { ChangeCost } from '#ledger';
import type { Head } from '#model';
import type { SeenRead } from '#ports';
import type { LeftJson, SendingJson } from './resources.ts';

export interface GenerationRecord {
  readonly id: Digest;
  readonly parent: Digest | null;
  readonly change: string | null;
  readonly createdAt: string;
}
export interface CertificateRecord {
  readonly digest: Digest;
  readonly generation: Digest;
  readonly change: string;
  readonly envelope: Envelope;
}
export interface CandidateRecord {
  readonly id: string;
  readonly files: { readonly [path: string]: string | null };
  readonly base: Digest;
  readonly generation: Digest | null;
  readonly generator: string;
  readonly notes: readonly string[];
}
export interface ComponentRecord {
  readonly source: Digest;
  readonly path: string;
  readonly contract: Contract;
  readonly contractDigest: Digest;
  readonly head: Head;
}
export interface LogRecord {
  readonly seq: number;
  readonly event: KernelEvent;
  readonly previous: string;
  readonly digest: Digest;
  readonly signature: string;
}
export interface LedgerRecord {
  readonly change: string;
  readonly phase: string;
  readonly at: string;
  readonly cpuMs: number;
  readonly wallMs: number;
}
export interface AuditRecord {
  readonly id: number;
  readonly at: string;
  readonly caller: string;
  readonly action: string;
  readonly subject: string | null;
  readonly detail: Json;
}
export interface JournalRecord {
  readonly at: string;
  readonly call: string;
  readonly caller: string;
  readonly generation: string;
  readonly component: string;
  readonly change: string | null;
  /** Permanent id of the row's entity. */
  readonly entity: string;
  readonly action: string;
  readonly before: Json;
  readonly after: Json;
}

export interface DeliveryRecord {
  readonly no: number;
  readonly component: string;
  readonly call: string;
  readonly given: JsonObject;
  readonly trail: readonly string[];
  readonly state: 'waiting' | 'running' | 'done' | 'dead' | 'stopped';
  readonly attempts: number;
  /** Milliseconds since 1970, as all times here. */
  readonly dueAt: number;
  readonly held: string | null;
  readonly code: string | null;
  readonly why: string | null;
  readonly evidence: Json;
  readonly madeAt: number;
  readonly endedAt: number | null;
  readonly wallMs: number;
  readonly generation: Digest | null;
}
export interface BacklogRecord {
  /** Permanent id. */
  readonly contract: string;
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
  readonly stopped: number;
  readonly held: number;
  readonly runsThisHour: number;
  readonly wallMsThisHour: number;
}

export interface UndoRecord {
  readonly id: string;
  readonly changes: readonly string[];
  readonly meant: readonly { readonly component: string }[];
  readonly caller: string;
  readonly at: string;
  readonly state: 'running' | 'done';
  readonly endedAt: string | null;
  readonly rows: {
    readonly rows: number;
    readonly waiting: number;
    readonly deleted: number;
    readonly madeAgain: number;
    readonly putBack: number;
    readonly asBefore: number;
    readonly conflicts: number;
  };
  readonly outside: LeftJson;
  readonly outsideStopped: number;
}
/** A row that was not put back, or not all of it. Entity, fields and places are permanent ids. */
export interface UndoConflictRecord {
  readonly no: number;
  readonly row: string;
  readonly entity: string;
  readonly deed: 'deleted' | 'made-again' | 'put-back' | null;
  readonly code: string | null;
  readonly why: string | null;
  readonly places: readonly string[];
  readonly fields: readonly { readonly field: string; readonly before: unknown; readonly now: unknown }[];
}

export interface ControlReads {
  /** Reads that callers made in service lately, what was asked most first. */
  readsSeen(most: number): Promise<readonly SeenRead[]>;
  /** Saves a request, audits that, and tells the workshop. Where `id` is there already, nothing is saved and the earlier request comes back. */
  ask(
    request: Pick<ChangeRequest, 'text' | 'kind' | 'base' | 'proposal' | 'continues' | 'acceptance' | 'attachments' | 'regions'> & {
      readonly id?: string;
      readonly caller: Caller;
    },
  ): Promise<ChangeRequest>;
  /** Ends a change that is under way and not certified, and audits that. False where it has ended or is certified. */
  cancel(change: string, by: string, why: string): Promise<boolean>;
  change(id: string): Promise<ChangeRequest | null>;
  /** Newest first; `before` is the id of the change to go on after. `checks`: with those that only wanted evidence. */
  changes(
    limit: number,
    before: string | null,
    checks: boolean,
  ): Promise<readonly { readonly request: ChangeRequest; readonly last: ChangeEvent | null }[]>;
  /** In order; those after number `after`. */
  changeEvents(change: string, after?: number): Promise<readonly ChangeEvent[]>;
  /** Calls back with the id of each change that something happened to; may miss some. The answer stops it. */
  watchChanges(listener: (change: string) => void): () => void;
  candidate(id: string): Promise<CandidateRecord | null>;
  certificateOf(generation: string): Promise<CertificateRecord | null>;
  /** Newest first. */
  generations(limit: number): Promise<readonly GenerationRecord[]>;
  generation(id: Digest): Promise<Generation | null>;
  components(generation: Generation): Promise<readonly ComponentRecord[]>;
  sources(digests: readonly Digest[]): Promise<ReadonlyMap<Digest, string>>;
  /** The kernel's log: all of it, in order. */
  log(): Promise<readonly LogRecord[]>;
  ledger(change: string | null, limit: number): Promise<readonly LedgerRecord[]>;
  /** Newest first. Times are ISO 8601. */
  costs(wanted: {
    readonly since: string | null;
    readonly until: string | null;
    readonly change: string | null;
    readonly limit: number;
  }): Promise<readonly ChangeCost[]>;
  audit(limit: number): Promise<readonly AuditRecord[]>;
  note(entry: { readonly caller: string; readonly action: string; readonly subject?: string; readonly detail?: Json }): Promise<void>;
  /** Newest first. */
  journal(row: string, limit: number): Promise<readonly JournalRecord[]>;
  publicKeys(): Promise<ReadonlyMap<string, string>>;
  /** What is owed of each reaction and job. */
  backlog(): Promise<readonly BacklogRecord[]>;
  /** Newest first. */
  deliveries(wanted: {
    readonly state?: string;
    readonly component?: string;
    readonly before?: number;
    readonly limit: number;
  }): Promise<readonly DeliveryRecord[]>;
  /** Requests to hosts outside; the latest first, those after the sending `before`. */
  sendings(wanted: { readonly state?: string; readonly before?: string; readonly limit: number }): Promise<readonly SendingJson[]>;
  undo(id: string): Promise<UndoRecord | null>;
  /** Newest first. */
  undosOf(change: string): Promise<readonly UndoRecord[]>;
  /** Those below number `before`, the greatest first. */
  undoConflicts(undo: string, wanted: { readonly before: number | null; readonly limit: number }): Promise<readonly UndoConflictRecord[]>;
}
