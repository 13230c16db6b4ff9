/** The candidate: new text of each file that changes, tests included. What it may alter was fixed when it was understood. */
import type { Candidate } from '#change';
import { type ChangeId, type Digest, isRefusal, type Refusal } from '#kernel';
import type { Understood } from '#ports';
import { type ChangeParts, contextOf } from './parts.ts';

export interface GenerateInput {
  readonly change: ChangeId;
  readonly base: Digest;
  readonly round: number;
  readonly understood: Extract<Understood, { kind: 'understood' }>;
}

export async function generate({ change, base, round, understood }: GenerateInput, parts: ChangeParts): Promise<Candidate | Refusal> {
  const generated = await parts.generator.generate(understood.plan, contextOf(parts, await parts.base(base), change));
  if (isRefusal(generated)) return generated;
  return {
    id: `${change}.${round}`,
    change,
    base,
    generator: parts.generator.name,
    files: generated.files,
    scope: understood.scope,
    notes: [...understood.notes, ...generated.notes],
  };
}
