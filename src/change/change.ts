/** A change: a request and all that became of it. A record that only grows; the steps are events, the state is read from them. */
import type { ChangeId, Digest, Evidence, Instant, Json, RiskClass, Scope } from '#kernel';

export const stepNames = ['understand', 'decide', 'generate', 'gate', 'certify', 'approve', 'roll-out', 'learn'] as const;
export type StepName = (typeof stepNames)[number];

export type Outcome = 'live' | 'nothing-to-do' | 'question' | 'refused' | 'waiting-for-approval' | 'rolled-back' | 'rejected' | 'failed';

export interface ChangeRequest {
  readonly id: ChangeId;
  readonly text: string;
  readonly by: string;
  readonly roles: readonly string[];
  readonly askedAt: Instant;
  /** The generation that the asker looked at, where it matters to them. */
  readonly base?: Digest;
}

export interface Option {
  /** A canonical sentence that is understood to exactly this reading. */
  readonly sentence: string;
  readonly meaning?: string;
}
/** What was understood, for a person: canonical sentences that parse to the same reading, and what follows from it. */
export interface Understanding {
  readonly echo: readonly string[];
  readonly notes: readonly string[];
  readonly scope: Scope;
  readonly risk: RiskClass;
}

export interface Decision {
  readonly chosen: 'nothing' | 'configure' | 'generate' | 'delete';
  readonly why: string;
  readonly options: readonly {
    readonly name: string;
    readonly value: string;
    readonly cost: string;
    readonly risk: string;
    readonly rejectedBecause?: string;
  }[];
}

/** A set of component edits: the new text of each changed file, `null` where it is removed. */
export interface Candidate {
  readonly id: string;
  readonly change: ChangeId;
  readonly base: Digest;
  readonly generator: string;
  readonly files: { readonly [path: string]: string | null };
  readonly scope: Scope;
  readonly notes: readonly string[];
}

export type ChangeEvent = { readonly change: ChangeId; readonly seq: number; readonly at: Instant } & (
  | { readonly kind: 'asked' }
  | {
      readonly kind: 'step';
      readonly step: StepName;
      readonly state: 'started' | 'done' | 'failed';
      readonly detail?: Json;
      readonly cpuMs?: number;
      readonly wallMs?: number;
    }
  | { readonly kind: 'understood'; readonly understanding: Understanding }
  | { readonly kind: 'decided'; readonly decision: Decision }
  | { readonly kind: 'candidate'; readonly candidate: string; readonly generation: Digest }
  | { readonly kind: 'evidence'; readonly evidence: Evidence }
  | { readonly kind: 'certified'; readonly certificate: Digest; readonly generation: Digest }
  | {
      readonly kind: 'ended';
      readonly outcome: Outcome;
      readonly why: string;
      readonly options?: readonly Option[];
      readonly evidence?: Json;
      readonly generation?: Digest;
    }
);
