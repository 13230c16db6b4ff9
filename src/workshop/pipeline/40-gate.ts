/** The candidate's evidence. A candidate that reads has a generation, whether it passes or not. */
import type { Candidate } from '#change';
import type { Digest, Evidence, RiskClass } from '#kernel';
import { type GateInput, riskShown, runGates } from '#gates';
import { applied } from './binding-examples.ts';
import type { ChangeParts } from './parts.ts';

export interface GateStageInput {
  readonly candidate: Candidate;
}
export interface Gated {
  readonly evidence: readonly Evidence[];
  readonly passed: boolean;
  readonly generation: Digest | null;
  /** By what the candidate does; of one that does not pass the highest. */
  readonly risk: RiskClass;
}

export interface GateListeners {
  /** Hears of each evidence as it is there. */
  readonly seen: (evidence: Evidence) => Promise<void>;
  /** Records the candidate, of which the first gates found no fault: what an admission needs is made ready while the others look at it. */
  readonly recorded: (generation: Digest) => Promise<void>;
  /** Is handed the generation as read: the base of the next change, should this one go live. */
  readonly kept: (input: GateInput) => void;
}

export async function gate({ candidate }: GateStageInput, parts: ChangeParts, { seen, recorded, kept }: GateListeners): Promise<Gated> {
  const base = await parts.base(candidate.base);
  const files = applied(base.files, candidate.files);
  let recording: Promise<void> | undefined;
  const wellFormed = ({ generation }: GateInput): void => {
    recording = recorded(generation.id);
    recording.catch(() => undefined);
  };
  const result = await runGates(files, candidate.scope, base, parts.engines, { seen, wellFormed });
  await recording;
  if (result.candidate !== undefined && result.passed) kept(result.candidate);
  return {
    evidence: result.evidence,
    passed: result.passed,
    generation: result.candidate?.generation.id ?? null,
    risk: result.candidate !== undefined && result.passed ? riskShown(result.candidate, base) : 'high',
  };
}
