/**
 * The records that a change leaves behind, as the workshop may see and write them. It inserts candidates, certificates and
 * events; it activates nothing. Writing the same thing twice is harmless, since steps may run again.
 */
import type { Candidate, ChangeEvent, ChangeRequest, Outcome } from '#change';
import type { CertificatePredicate, ChangeId, Digest, Envelope } from '#kernel';

/** An event before the log gives it its number. */
export type NewChangeEvent = ChangeEvent extends infer Each ? (Each extends ChangeEvent ? Omit<Each, 'seq'> : never) : never;

export interface LedgerEntry {
  readonly change: ChangeId;
  readonly phase: string;
  readonly cpuMs: number;
  readonly wallMs: number;
}
/** What the kernel made of a certificate. */
export type Ending =
  | { readonly kind: 'ended'; readonly outcome: Outcome; readonly why: string }
  | { readonly kind: 'waiting-for-approval'; readonly why: string }
  /** Another generation serves by now than the one that the candidate was made on. */
  | { readonly kind: 'moved-on' };
/** Where a generation came from. */
export interface Lineage {
  readonly change: ChangeId;
  readonly text: string;
  readonly by: string;
  readonly certificate: Digest;
  readonly at: number;
}

export interface ChangeLog {
  request(change: ChangeId): Promise<ChangeRequest | null>;
  /** Requests without an end, oldest first. */
  open(): Promise<readonly ChangeId[]>;
  /** An event of the same `key` is written once. */
  append(event: NewChangeEvent, key: string): Promise<void>;
  events(change: ChangeId): Promise<readonly ChangeEvent[]>;
  /** Calls `listener` whenever there may be new events of the change. Answers how to stop. */
  watch(change: ChangeId, listener: () => void): () => void;
  /** The generation that serves now. */
  serving(): Promise<Digest | null>;
  /** All files of a generation, `theseus.json` and tests among them. */
  sources(generation: Digest): Promise<{ readonly [path: string]: string }>;
  /** Inserts and tells the kernel, which may make ready what an admission would need. */
  insertCandidate(candidate: Candidate, generation: Digest): Promise<void>;
  candidate(id: string): Promise<Candidate | null>;
  /** Inserts together with the event that says so, written once a `key`, and tells the kernel: all of it or nothing. */
  insertCertificate(
    certificate: {
      readonly digest: Digest;
      readonly envelope: Envelope;
      readonly predicate: CertificatePredicate;
    },
    key: string,
  ): Promise<void>;
  /** One row a change and phase. */
  insertLedger(entry: LedgerEntry): Promise<void>;
  /** Null for the generation that a system starts with. */
  lineage(generation: Digest): Promise<Lineage | null>;
  /** What the kernel made of this certificate; null after `timeoutMs`. */
  awaitEnding(change: ChangeId, certificate: Digest, timeoutMs: number): Promise<Ending | null>;
}
