/** The words of a question, with what each counts: its own words one; for a word that nothing holds, those that are spelt alike. */
import { likeness, trigramsOf } from './trigrams.ts';
import { wordsOf } from './words.ts';

export type Weights = ReadonlyMap<string, number>;
const ALIKE = 0.5;
const SHORTEST = 4;
/** Of a question that is a book the first words count. */
const MOST = 200;

/** `known`: the words of what is looked through. */
export function askedWords(question: string, known: ReadonlySet<string>): Weights {
  const asked = new Set(wordsOf(question).slice(0, MOST));
  const weights = new Map<string, number>([...asked].map((word) => [word, 1]));
  const strange = [...asked].filter((word) => word.length >= SHORTEST && !known.has(word));
  if (strange.length === 0) return weights;
  const groups = strange.map(trigramsOf);
  for (const word of known) {
    if (word.length < SHORTEST || weights.has(word)) continue;
    const own = trigramsOf(word);
    const alike = Math.max(...groups.map((group) => likeness(group, own)));
    if (alike >= ALIKE) weights.set(word, alike * 0.7);
  }
  return weights;
}

/** The same, and others of less weight. */
export const withWords = (weights: Weights, more: Iterable<readonly [string, number]>): Weights => {
  const all = new Map(weights);
  for (const [word, weight] of more) if (!weights.has(word)) all.set(word, Math.max(all.get(word) ?? 0, weight));
  return all;
};
