/**
 * Whom a call of an example signed out: it ended the tokens of their row, and until a call gives them a new one they are nobody, as over HTTP. In a
 * trial no token proves anything, so without this no example could show that whoever signs out is out.
 */
import { type Capability, isRefusal } from '#kernel';
import type { CallOptions } from '#machine';
import type { NamedRow } from './example-values.ts';

type Recorded = Parameters<NonNullable<CallOptions['record']>>[0];

export const signsPeople = (capabilities: readonly Capability[]): boolean =>
  capabilities.some(({ kind }) => kind === 'identity' || kind === 'call');

/** `passed`: how much of the example's time had passed then. */
export function noteSigning(recordings: Recorded, named: Map<string, NamedRow>, passed = 0): void {
  for (const { capability, input, answer } of recordings.flatMap(({ asks }) => asks)) {
    const out = capability === 'identity.endTokens';
    if ((!out && capability !== 'identity.issueToken') || isRefusal(answer)) continue;
    for (const [name, { entity, id }] of named)
      if (id === input) named.set(name, { entity, id, since: passed, ...(out ? { signedOut: true } : {}) });
  }
}
