/**
 * What is held against a component version: strikes, which fade after a day, and quarantine, which does not. A version is known
 * by the digest of its source: the same text is the same version whichever change brings it.
 */
import type { Digest, Instant } from './brand.ts';
import type { KernelState, Strike } from './state.ts';

/** A strike counts for so long. */
export const strikeMs: number = 24 * 60 * 60 * 1_000;
/** So many are kept of one version; policy allows no more before it is quarantined. */
export const mostStrikes = 20;

export const quarantineOf = (state: KernelState, source: Digest | string): Strike | null => state.held[source]?.quarantined ?? null;

export const strikesInForce = (state: KernelState, source: Digest | string, at: Instant): number =>
  (state.held[source]?.strikes ?? []).filter((strike) => strike.at > at - strikeMs).length;
