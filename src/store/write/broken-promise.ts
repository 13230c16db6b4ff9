/**
 * Which broken invariant refuses a write: one that held before, or that is about what is written. A row that broke an invariant
 * before it was one can be worked with. One answer for all who ask, so that what is not sent since it will be refused is refused.
 */
import type { Invariant } from '#kernel';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Complete } from './complete.ts';
import { ownReads } from './own-reads.ts';
import type { RowImage } from './rows.ts';

export interface BrokenPromise {
  readonly invariant: Invariant;
  /** The field to say it at. */
  readonly place: string;
}

/** `broken`: names of invariants that do not hold of the row as it would be. */
export function brokenPromise(
  { contract }: EntityPlan,
  made: Complete,
  broken: ReadonlySet<string>,
  before: RowImage | null,
): BrokenPromise | undefined {
  for (const invariant of contract.invariants) {
    if (!broken.has(invariant.name)) continue;
    const reads = ownReads(invariant.holds, contract.fields);
    const touched = before === null || !before.broken.has(invariant.name) || [...reads].some((name) => made.changed.has(name));
    if (!touched) continue;
    return { invariant, place: [...reads].find((name) => made.changed.has(name)) ?? [...reads][0] ?? '' };
  }
  return undefined;
}
