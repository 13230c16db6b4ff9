/**
 * What reads of a system cost, counted and timed over generated rows: several generations side by side, over the same rows, in turns.
 * Counts are the same at every run and are what is decided by; times are told beside them.
 */
import type { Json, PermanentId } from '#kernel';

/** A read that callers make often. */
export type Question =
  /** A page of rows by what `filter` fields are, in the order of `sort`. */
  | {
      readonly kind: 'list';
      readonly entity: PermanentId;
      readonly filter: readonly PermanentId[];
      readonly sort: readonly { readonly field: PermanentId; readonly descending: boolean }[];
    }
  /** Rows by a part of a word that stands in one of their texts. */
  | { readonly kind: 'search'; readonly entity: PermanentId }
  /** One row by its id. */
  | { readonly kind: 'get'; readonly entity: PermanentId }
  | { readonly kind: 'view'; readonly entity: PermanentId; readonly view: PermanentId };

/** The shape of a read that callers made: by which fields and operators and in which order, by permanent ids (`id` is that of the row). Never a value. */
export type ReadShape =
  | { readonly kind: 'get'; readonly entity: PermanentId }
  | { readonly kind: 'view'; readonly view: PermanentId }
  | { readonly kind: 'operation'; readonly operation: PermanentId }
  | {
      readonly kind: 'list';
      readonly entity: PermanentId;
      readonly filter: readonly { readonly field: string; readonly op: string }[];
      readonly sort: readonly { readonly field: string; readonly descending: boolean }[];
      readonly search: boolean;
      /** More rows than a page has where nothing is said. */
      readonly long: boolean;
    };

/** What callers made of such a read lately, over all kernels. */
export interface SeenRead {
  readonly shape: ReadShape;
  readonly seen: number;
  readonly meanMs: number;
  /** Half, and 95 in 100, of the answers came within; null: longer than the last step. */
  readonly halfWithinMs: number | null;
  readonly mostWithinMs: number | null;
}

export interface MeasuringAsked {
  /** The linked models, the one that serves first. */
  readonly models: readonly Json[];
  /** What the questions are about: this is filled first, and what it refers to in proportion. */
  readonly entity: PermanentId;
  readonly questions: readonly Question[];
}
/** Milliseconds: the middle of the runs, and their quarters. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** The fastest run: what no load of the machine makes smaller. */
  readonly least: number;
}
export interface ReadCost {
  /** Rows that are looked at, and pages that are read, for one answer, with the value that costs most of a frequent, a middling and a rare one. */
  readonly rows: number;
  readonly pages: number;
  /** What reads and sorts: `Seq Scan of e_inv`. */
  readonly nodes: readonly string[];
  readonly ms: Spread;
}
export interface Measured {
  /** Generated rows of the entity, and rows that the live system has. */
  readonly rows: number;
  readonly live: number;
  /** By question, then by model. */
  readonly answers: readonly (readonly ReadCost[])[];
  /** By model: bytes of the indexes that the entity's definition asks for, and what adding `addedRows` rows takes. */
  readonly indexBytes: readonly number[];
  readonly adding: readonly Spread[];
  readonly addedRows: number;
  readonly runs: number;
}
export interface Measuring {
  measure(asked: MeasuringAsked): Promise<Measured>;
  /** What callers read in service, what was asked most first; absent where nothing is in service. */
  readonly seen?: () => Promise<readonly SeenRead[]>;
}
