/**
 * What a component did itself, and what is therefore held against it. Not here: what it refused, what it threw, a database that was
 * slow, a host that somebody outside killed, a call that waited for nothing (a busy machine looks the same).
 */
import type { Json, Refusal } from '#kernel';

export const deeds = {
  died: 'its host died with it while it ran alone',
  load: 'its code cannot be loaded',
  memory: 'it used more memory than a component may',
  processor: 'it computed for longer than a component may without a pause',
  flood: 'it flooded the channel',
  contract: 'it answered what its contract does not promise',
} as const;
export type Deed = keyof typeof deeds;

export const isDeed = (word: unknown): word is Deed => typeof word === 'string' && Object.hasOwn(deeds, word);

/** The component and its deed, where a call ended by one. */
export function deedIn({ code, evidence }: Refusal): { readonly component: string; readonly deed: Deed } | undefined {
  if (code !== 'component-failed' || typeof evidence !== 'object' || evidence === null || Array.isArray(evidence)) return undefined;
  const { component, deed } = evidence as { readonly [member: string]: Json };
  return typeof component === 'string' && isDeed(deed) ? { component, deed } : undefined;
}
