/** The request in the system's own vocabulary, or a question, or a refusal. Never a guess: a generator that is unsure says so. */
import type { Digest, RiskClass } from '#kernel';
import type { Generator, Understood } from '#ports';
import { type ChangeParts, contextOf, type Situation } from './parts.ts';

export interface UnderstandInput {
  readonly situation: Situation;
  readonly generator: Generator;
  readonly base: Digest;
}

export async function understand({ situation, generator, base }: UnderstandInput, parts: ChangeParts): Promise<Understood> {
  const { request } = situation;
  if (request.base !== undefined && request.base !== base && request.proposal === undefined)
    return { kind: 'refused', why: 'The system has moved on since you looked at it. Look at what it is now, and ask again.' };
  const understood = await generator.understand(request.text, contextOf(parts, await parts.base(base), situation));
  return understood.kind === 'understood' && generator.name !== 'sentences' && generator.name !== 'quality'
    ? { ...understood, risk: atLeastMedium(understood.risk) }
    : understood;
}

/** Whether another generator may do better: not where the request was understood and cannot or need not be met. */
export const isBeyond = (understood: Understood): boolean =>
  understood.kind === 'refused' && (understood.words !== undefined || understood.code !== undefined);

/** Whoever writes code freely writes none of low risk. The sentences and the qualities write what they know beforehand. */
const atLeastMedium = (risk: RiskClass): RiskClass => (risk === 'low' ? 'medium' : risk);
