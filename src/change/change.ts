/** A change: a request and all that became of it. A record that only grows; the steps are events, the state is read from them. */
import type { ChangeId, Digest, Evidence, Instant, Json, RiskClass, Scope } from '#kernel';

export const stepNames = ['understand', 'decide', 'retrieve', 'generate', 'gate', 'certify', 'approve', 'roll-out', 'learn'] as const;
export type StepName = (typeof stepNames)[number];

export type Outcome =
  | 'live'
  | 'nothing-to-do'
  | 'question'
  | 'refused'
  | 'waiting-for-approval'
  | 'rolled-back'
  | 'rejected'
  | 'failed'
  /** Somebody stopped it before it was certified. */
  | 'cancelled'
  /** Only its evidence was wanted: nothing was certified. */
  | 'checked';

export interface ChangeRequest {
  readonly id: ChangeId;
  readonly text: string;
  readonly by: string;
  readonly roles: readonly string[];
  readonly askedAt: Instant;
  /** The generation that the asker looked at, where it matters to them. */
  readonly base?: Digest;
  /** `check`: the evidence alone is wanted; absent: a change. */
  readonly kind?: 'change' | 'check';
  /** Code handed in with the request: it is not generated, and passes the same gates. */
  readonly proposal?: Proposal;
  /** The change whose question this answers: a conversation is a chain of changes. */
  readonly continues?: ChangeId;
  /** Examples that the asker states or has edited: they bind whoever writes the code. */
  readonly acceptance?: readonly AcceptanceExample[];
  /** By formula (`rule/discount`, `entity/order#field/total`), the rows for which it may give something else, as a condition: all others are held to what they got. */
  readonly regions?: { readonly [formula: string]: string };
  /** Documents that the request speaks of, such as an interface that somebody else has published: whole, for whoever writes the code. */
  readonly attachments?: readonly Attachment[];
}
export interface Attachment {
  /** As the asker calls it: `openapi.yaml`. */
  readonly name: string;
  readonly text: string;
}

/** Code that an agent or a person wrote. Missing permanent ids are given before the gates look; what it may alter is stated or follows from its files. */
export interface Proposal {
  readonly from: 'agent' | 'person';
  readonly files: { readonly [path: string]: string | null };
  /** What it leaves out follows from its files. */
  readonly scope?: Partial<Scope>;
  readonly notes: readonly string[];
}
/** An example in given/when/then that a candidate must meet. `example` is an Example of the model, as JSON. */
export interface AcceptanceExample {
  /** The component beside whose tests it will stand, as `kind/name`. */
  readonly component: string;
  readonly example: Json;
  /** Not shown to the generator; in force at the gates, and in the sources once the change is live. */
  readonly hidden: boolean;
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
  readonly acceptance?: readonly AcceptanceExample[];
}

export interface Decision {
  readonly chosen: 'nothing' | 'configure' | 'strategy' | 'compose' | 'generate' | 'delete';
  readonly why: string;
  readonly options: readonly {
    readonly name: string;
    readonly value: string;
    readonly cost: string;
    readonly risk: string;
    readonly rejectedBecause?: string;
  }[];
}

/** A piece of knowledge that a generator was given. `source`: `component/entity/order`, `document/returns.md#2`, `change/<id>`, `sdk/operation`, `rows/order`. */
export interface Citation {
  readonly source: string;
  readonly why: string;
  readonly tokens: number;
}
export interface Tokens {
  readonly input: number;
  /** Of the input, read from the provider's cache. */
  readonly cached: number;
  readonly output: number;
  /** Of the output, not shown. */
  readonly reasoning: number;
}
export interface Spent {
  readonly phase: StepName;
  readonly provider: string;
  readonly model: string;
  /** Null where the provider gave no figures: never shown as nothing. */
  readonly tokens: Tokens | null;
  /** US dollars; null: unknown. `prices` names the list and its date. */
  readonly usd: number | null;
  readonly prices: string;
  /** Watt-hours, from and to, with the method; null: unknown. */
  readonly energyWh: { readonly from: number; readonly to: number; readonly method: string } | null;
  readonly wallMs: number;
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
  /** A generator was chosen, or the next one after it failed. */
  | { readonly kind: 'routed'; readonly generator: string; readonly why: string }
  /** `without`: what could not be looked up, and why. */
  | { readonly kind: 'retrieved'; readonly pieces: readonly Citation[]; readonly tokens: number; readonly without?: readonly string[] }
  /** The gates refused a candidate, and it is written again: `attempt` counts from 1. */
  | { readonly kind: 'repair'; readonly attempt: number; readonly generator: string; readonly failures: readonly string[] }
  /** A call of a model: what it used, and what that costs by the price list of that day; money null where the list does not know it. */
  | { readonly kind: 'spent'; readonly spent: Spent }
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
