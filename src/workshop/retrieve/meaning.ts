/**
 * How near texts are to a question in meaning, by vectors of a provider of models. Only the order counts: what cosine is much and what is
 * little differs from model to model. So it joins what words found by reciprocal rank (Cormack, Clarke and Büttcher, "Reciprocal Rank
 * Fusion outperforms Condorcet and individual Rank Learning Methods", 2009), on the scale of the best that words found.
 */
import { isRefusal, type Refusal } from '#kernel';
import type { Embeddings, Vector } from '#ports';
import { best } from './text-index.ts';

/** By key: 1 for the nearest, less with each place; nothing for what is far. */
export type Alike = ReadonlyMap<string, number>;
/** Texts that may be compared with one question. */
export const MOST_COMPARED = 1_000;
const NEAREST = 40;
/** So many places behind the first, a place counts half. Smaller than the 60 of the source: scores by words stand beside it, not places. */
const HALF = 5;

export async function alikeTo(
  embeddings: Embeddings,
  question: string,
  texts: readonly (readonly [key: string, text: string])[],
  change: string,
): Promise<Alike | Refusal> {
  const compared = texts.slice(0, MOST_COMPARED);
  if (compared.length === 0) return new Map();
  const vectors = await embeddings.embed([question, ...compared.map(([, text]) => text)], change);
  if (isRefusal(vectors)) return vectors;
  const [asked = [], ...others] = vectors;
  const near = compared.map(([key], at) => [key, cosine(asked, others[at] ?? [])] as const).filter(([, share]) => share > 0);
  return new Map(best(near, NEAREST).map(([key], place) => [key, HALF / (HALF + place)]));
}

/** What words found and what meaning found: the nearest in meaning counts as much as the best by words. Without meanings: what words found. */
export function joined(found: ReadonlyMap<string, number>, alike: Alike): Map<string, number> {
  const all = new Map(found);
  const highest = Math.max(0, ...found.values()) || 1;
  for (const [key, share] of alike) all.set(key, (all.get(key) ?? 0) + share * highest);
  return all;
}

/** 0 where one of them is no vector or they are not of one length. */
function cosine(one: Vector, other: Vector): number {
  if (one.length !== other.length) return 0;
  let dot = 0;
  let a = 0;
  let b = 0;
  for (let at = 0; at < one.length; at++) {
    const [first = 0, second = 0] = [one[at], other[at]];
    dot += first * second;
    a += first * first;
    b += second * second;
  }
  const share = dot / Math.sqrt(a * b);
  return Number.isFinite(share) ? share : 0;
}
