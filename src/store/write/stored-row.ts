/** A row as it is kept: by permanent ids, so that what a generation hides stays. Records are never changed in place. */
import type { PermanentId } from '#kernel';

export interface StoredItem {
  readonly id: string;
  /** Plain values by field id; choices as ids. */
  readonly values: { readonly [field: string]: unknown };
  /** Kept values of fixed derived fields. */
  readonly kept: { readonly [field: string]: unknown };
}
export interface StoredRow extends StoredItem {
  readonly version: number;
  readonly lists: { readonly [field: string]: readonly StoredItem[] };
}

export interface Tables {
  get(entity: PermanentId, id: string): StoredRow | undefined;
  all(entity: PermanentId): Iterable<StoredRow>;
  set(entity: PermanentId, row: StoredRow): void;
  delete(entity: PermanentId, id: string): void;
  /** Grows with each write, so that what was computed can be told from what must be computed again. */
  readonly writes: number;
}
