/** A change from its request to its end, as the asker and the approver see it; and how one is asked for. Types alone. */
import type { Budget, Evidence, Json, Scope } from '#kernel';
import type { AcceptanceExample, ChangeEvent, Decision, Option, Outcome, StepName, Understanding } from '#change';
import type { CandidateJson } from './candidates.ts';

/** `queued`: no step has begun. `waiting`: for an approval, or for an answer to a question. */
export type ChangeState = 'queued' | 'running' | 'waiting' | 'ended';

/** GET /_theseus/changes?limit&before&checks=yes */
export interface ChangeSummary {
  readonly id: string;
  readonly kind: 'change' | 'check';
  /** Who wrote the code that came with it; null where none did. */
  readonly handedInBy: 'agent' | 'person' | null;
  readonly request: string;
  readonly by: string;
  readonly askedAt: string;
  readonly state: ChangeState;
  /** Null while it is queued or runs. */
  readonly outcome: Outcome | null;
  /** Why it ended so, for a person; null before. */
  readonly why: string | null;
  /** The step that it is at, while it runs. */
  readonly step: StepName | null;
  /** The generation that it brought live. */
  readonly generation: string | null;
}

/** GET /_theseus/changes/<id>; also the answer to POST /_theseus/changes (200 ended, 202 not yet) and to approve and reject. */
export interface ChangeDetail extends ChangeSummary {
  readonly roles: readonly string[];
  readonly base: string | null;
  /** The change whose question it answers. */
  readonly continues: string | null;
  /** What was said before: the changes that it goes on from, oldest first. */
  readonly conversation: readonly TurnJson[];
  /** Examples that came with the request. What is hidden from whoever writes has `example: null` for those who neither asked nor may approve. */
  readonly stated: readonly AcceptanceExample[];
  /** For which rows formulas may give something else, as the asker stated it. */
  readonly regions: { readonly [formula: string]: string };
  /** Documents that came with the request. */
  readonly attached: readonly { readonly name: string; readonly characters: number }[];
  /** What one change may spend on models, by the policy of now; null while no generation serves. */
  readonly budget: Budget | null;
  /** In the order of the pipeline; a step that was not needed is `skipped`. */
  readonly steps: readonly StepJson[];
  /** The echo: canonical sentences, notes (how many rows it alters), scope and risk. */
  readonly understanding: Understanding | null;
  readonly decision: Decision | null;
  /** Of the newest candidate. */
  readonly evidence: readonly Evidence[];
  readonly candidate: CandidateJson | null;
  readonly certificate: string | null;
  /** Of a question: canonical sentences, each with one reading. Ask one of them in place of the request. */
  readonly options: readonly Option[];
  /** Of a refusal: the words without a role, the nearest sentence, the conflicting component. */
  readonly witness: Json;
  readonly cost: CostJson;
  readonly endedAt: string | null;
  /** Every event, in order, with moments in milliseconds, as the SSE stream sends them. */
  readonly events: readonly ChangeEvent[];
}

/** An earlier request of a conversation, and what it was answered. */
export interface TurnJson {
  readonly id: string;
  readonly request: string;
  readonly by: string;
  readonly askedAt: string;
  readonly outcome: Outcome | null;
  readonly why: string | null;
  readonly options: readonly Option[];
}

export interface StepJson {
  readonly name: StepName;
  readonly state: 'waiting' | 'started' | 'done' | 'failed' | 'skipped';
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly cpuMs: number | null;
  readonly wallMs: number | null;
  readonly detail: Json;
}

export interface CostJson {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly phases: readonly { readonly phase: string; readonly cpuMs: number; readonly wallMs: number }[];
}

/** POST /_theseus/changes?wait=<seconds> */
export interface AskJson {
  readonly request: string;
  readonly base?: string;
  /** `check`: the evidence alone is wanted. */
  readonly kind?: 'change' | 'check';
  /** Code that is handed in: the new text of each file that changes, null for one that goes. */
  readonly proposal?: ProposalJson;
  /** The change whose question this answers. */
  readonly continues?: string;
  readonly acceptance?: readonly AcceptanceExample[];
  /** By formula, the rows for which it may give something else, as a condition: `{ 'rule/discount': "order.total > money('500.00')" }`. */
  readonly regions?: { readonly [formula: string]: string };
  /** Documents that the request speaks of, for whoever writes the code. */
  readonly attachments?: readonly { readonly name: string; readonly text: string }[];
}

export interface ProposalJson {
  readonly from: 'agent' | 'person';
  readonly files: { readonly [path: string]: string | null };
  /** What it may alter; what it leaves out is what its files touch. */
  readonly scope?: Partial<Scope>;
  readonly notes?: readonly string[];
}
