/** The request in the system's own vocabulary, or a question, or a refusal. Never a guess: a generator that is unsure says so. */
import type { GateInput } from '#gates';
import type { Digest, RiskClass, Scope } from '#kernel';
import type { Generator, Understood } from '#ports';
import { type ChangeParts, contextOf, type Situation } from './parts.ts';
import { regionInWords } from './region-in-words.ts';

export interface UnderstandInput {
  readonly situation: Situation;
  readonly generator: Generator;
  readonly base: Digest;
}

export async function understand({ situation, generator, base }: UnderstandInput, parts: ChangeParts): Promise<Understood> {
  const { request } = situation;
  if (request.base !== undefined && request.base !== base && request.proposal === undefined)
    return { kind: 'refused', why: 'The system has moved on since you looked at it. Look at what it is now, and ask again.' };
  const from = await parts.base(base);
  const made = await generator.understand(request.text, contextOf(parts, from, situation));
  const understood =
    made.kind === 'understood'
      ? { ...made, scope: await withStated(made.scope, { request, isOurs: isBuiltIn(generator.name) }, from, parts) }
      : made;
  return understood.kind === 'understood' && !isBuiltIn(generator.name)
    ? { ...understood, risk: atLeastMedium(understood.risk) }
    : understood;
}

/** Whether another generator may do better: not where the request was understood and cannot or need not be met. */
export const isBeyond = (understood: Understood): boolean =>
  understood.kind === 'refused' && (understood.words !== undefined || understood.code !== undefined);

/** What knows beforehand all that it can write. */
const isBuiltIn = (name: string): boolean => name === 'sentences' || name === 'quality';
/** Whoever writes code freely writes none of low risk. The sentences and the qualities write what they know beforehand. */
const atLeastMedium = (risk: RiskClass): RiskClass => (risk === 'low' ? 'medium' : risk);

/**
 * For which rows a formula may give something else is who asks to say, where they say it; whoever writes says it otherwise. The words that
 * are shown are those of the regions, never those of who wrote the code.
 */
async function withStated(
  { region, ...scope }: Scope,
  { request, isOurs }: { readonly request: Situation['request']; readonly isOurs: boolean },
  base: GateInput,
  parts: ChangeParts,
): Promise<Scope> {
  const regions = { ...scope.regions, ...request.regions };
  if (Object.keys(regions).length === 0) return scope;
  if (isOurs && region !== undefined && request.regions === undefined) return { ...scope, region };
  return { ...scope, regions, region: await regionInWords(regions, base, parts.engines.reader) };
}
