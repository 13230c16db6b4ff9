/** Whether the rows of the live system keep a promise that is about to be made of them. */
import type { Digest, Expression, PermanentId } from '#kernel';

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
}
