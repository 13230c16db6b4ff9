/** How one try of what is owed may end: the parts that a delivery and a transition of the clock have in common. Pure. */
import { type Digest, Fault, type Retries } from '#kernel';
import type { Ended } from '#store/records';
import { nextTryIn } from './backoff.ts';

/** How long one waits that is held up by something that is not its doing. */
export const LATER_MS = 5_000;

/** Nothing is told of it yet. */
export const untold = (now: number, generation: Digest): Omit<Ended, 'state' | 'counts'> => ({
  dueAt: now,
  held: null,
  code: null,
  why: null,
  evidence: null,
  wallMs: 0,
  generation,
});

/** It broke: what is told of it. */
export const broke = (cause: unknown): Pick<Ended, 'why' | 'code'> => ({
  why: cause instanceof Error ? cause.message : 'it broke',
  code: cause instanceof Fault ? cause.code : 'bug',
});

/** Owed again after a while, or a dead letter where its tries are spent. */
export function triedAgain(retries: Retries, attempts: number, chance: number, now: number): Pick<Ended, 'state' | 'dueAt'> {
  const wait = nextTryIn(retries, attempts, chance);
  return wait === null ? { state: 'dead', dueAt: now } : { state: 'waiting', dueAt: now + wait };
}
