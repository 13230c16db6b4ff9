/** The candidate's evidence. A candidate that reads has a generation, whether it passes or not. */
import type { Candidate } from '#change';
import type { Digest, Evidence } from '#kernel';
import { type GateInput, runGates } from '#gates';
import type { ChangeParts } from './parts.ts';

export interface GateStageInput {
  readonly candidate: Candidate;
}
export interface Gated {
  readonly evidence: readonly Evidence[];
  readonly passed: boolean;
  readonly generation: Digest | null;
}

/** `kept` is handed the generation as read: the base of the next change, should this one go live. */
export async function gate(
  { candidate }: GateStageInput,
  parts: ChangeParts,
  seen: (evidence: Evidence) => Promise<void>,
  kept: (input: GateInput) => void,
): Promise<Gated> {
  const base = await parts.base(candidate.base);
  const files: { [path: string]: string } = { ...base.files };
  for (const [path, text] of Object.entries(candidate.files)) {
    if (text === null) delete files[path];
    else files[path] = text;
  }
  const result = await runGates(files, candidate.scope, base, parts.engines, seen);
  if (result.candidate !== undefined && result.passed) kept(result.candidate);
  return { evidence: result.evidence, passed: result.passed, generation: result.candidate?.generation.id ?? null };
}
