/** The state of one system as the kernel sees it: a fold of `apply` over the log of events, and nothing else. */
import type { ChangeId, Digest, Instant } from './brand.ts';
import type { Approval } from './certificate.ts';

export interface Admitted {
  /** Null for the generation that a system starts with. */
  readonly certificate: Digest | null;
  readonly change: ChangeId | null;
  readonly base: Digest | null;
}
export type LifeState = 'serving' | 'draining' | 'closed';
/** `stable` serves all calls but the share `weight` that goes to `candidate`. At most two generations are routed. */
export interface Routing {
  readonly stable: Digest | null;
  readonly candidate: Digest | null;
  readonly weight: number;
  readonly activation: number;
}

/** A deed of a component version that proves it guilty; docs/errors.md says which deeds are strikes. */
export interface Strike {
  readonly at: Instant;
  readonly why: string;
}
/** One version of a component, by the digest of its source, and what is held against it. */
export interface Held {
  /** `kind/name`. */
  readonly component: string;
  readonly source: Digest;
  /** The newest ones, oldest first. */
  readonly strikes: readonly Strike[];
  /** Its calls are answered `component-failed` at once; null where it is at work. */
  readonly quarantined: Strike | null;
}

export interface KernelState {
  readonly seq: number;
  readonly routing: Routing;
  readonly admitted: { readonly [generation: string]: Admitted };
  /** The generations in force, oldest first: a rollback shortens it, an activation adds to it. Its last is `stable`. */
  readonly line: readonly { readonly generation: Digest; readonly change: ChangeId | null }[];
  readonly live: { readonly [activation: number]: { readonly generation: Digest; readonly state: LifeState } };
  readonly frozen: { readonly by: string; readonly why: string } | null;
  readonly approvals: readonly Approval[];
  /** Component versions with strikes, by the digest of their source. */
  readonly held: { readonly [source: string]: Held };
}

export const emptyState: KernelState = {
  seq: 0,
  routing: { stable: null, candidate: null, weight: 0, activation: 0 },
  admitted: {},
  line: [],
  live: {},
  frozen: null,
  approvals: [],
  held: {},
};

export type KernelEvent = { readonly at: Instant; readonly by: string } & (
  | { readonly kind: 'installed'; readonly generation: Digest; readonly activation: number }
  | { readonly kind: 'approved'; readonly approval: Approval }
  | {
      readonly kind: 'admitted';
      readonly generation: Digest;
      readonly certificate: Digest;
      readonly change: ChangeId;
      readonly base: Digest;
    }
  | { readonly kind: 'activated'; readonly generation: Digest; readonly activation: number; readonly change: ChangeId }
  | { readonly kind: 'rolled-back'; readonly generation: Digest; readonly activation: number; readonly changes: readonly ChangeId[] }
  | { readonly kind: 'closed'; readonly activation: number }
  | { readonly kind: 'frozen'; readonly why: string }
  | { readonly kind: 'unfrozen' }
  | { readonly kind: 'struck'; readonly component: string; readonly source: Digest; readonly why: string }
  | { readonly kind: 'quarantined'; readonly component: string; readonly source: Digest; readonly why: string }
  | { readonly kind: 'released'; readonly component: string; readonly source: Digest }
);
