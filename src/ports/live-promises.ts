/** Whether the rows of the live system keep a promise that is about to be made of them. */
import type { Digest, EntityContract, Expression, PermanentId } from '#kernel';

export interface BrokenRows {
  readonly count: number;
  /** One of them, as people know it; absent where its title is not for everybody. */
  readonly row?: string;
}
export interface LivePromises {
  /**
   * Rows of `entity`, as generation `base` has them, of which `holds` (over the input `row`) is false. Null where it cannot be told: it
   * reads what is sensitive, or takes too long.
   */
  broken(base: Digest, entity: PermanentId, holds: Expression): Promise<BrokenRows | null>;
  /** For how many rows `holds` is true; null where it cannot be told. Where there are very many, the newest are asked. */
  covered(base: Digest, entity: PermanentId, holds: Expression): Promise<CoveredRows | null>;
  /** What `now` asks of values that the entity of this id does not ask in generation `base`, and whether the rows that are there meet it. */
  asked(base: Digest, now: EntityContract): Promise<readonly AskedOfRows[]>;
  /**
   * What `now` asks of the values of these fields (its own, or of its lists), whenever it was first asked, and whether the rows that are there
   * meet it: those from before may have stayed as they were.
   */
  askedEver(base: Digest, now: EntityContract, fields: ReadonlySet<PermanentId>): Promise<readonly AskedOfRows[]>;
}
export interface CoveredRows {
  readonly rows: number;
  /** Looked at. */
  readonly of: number;
  /** There are more, and these are the newest. */
  readonly newest: boolean;
}
export interface AskedOfRows {
  /** "has a value in email": what a row that meets it does. */
  readonly asks: string;
  /** What those do that do not meet it, how many and which: `3 rows have no value in email, among them "Ada"`. Null where all do; `untold` where they could not be asked. */
  readonly broken: string | null;
  readonly untold: boolean;
  /** Those that do not meet it stay as they are until they are next written; false where they bar the change. */
  readonly stay: boolean;
}
