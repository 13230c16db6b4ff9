/**
 * Texts that can be asked for words: BM25 over weighted parts (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
 * Beyond", 2009). Deterministic; knows nothing of what the texts are.
 */
export interface Part {
  readonly words: readonly string[];
  readonly weight: number;
}
export interface TextIndex {
  /** Score by key, of those that hold any of the words. `weights`: how much each word asked for counts. */
  search(weights: ReadonlyMap<string, number>): Map<string, number>;
  /** How much it says that a text holds the word. */
  rarity(word: string): number;
  readonly words: ReadonlySet<string>;
}
/** Where the texts are a choice of more: how many there are, and how many of them hold each word. */
export interface Whole {
  readonly total: number;
  readonly holding: ReadonlyMap<string, number>;
}
const SATURATION = 1.2;
const LENGTH = 0.6;

export function textIndex(texts: Iterable<readonly [key: string, parts: readonly Part[]]>, whole?: Whole): TextIndex {
  const postings = new Map<string, Map<string, number>>();
  const lengths = new Map<string, number>();
  for (const [key, parts] of texts) {
    let length = 0;
    for (const { words, weight } of parts)
      for (const word of words) {
        const at = postings.get(word) ?? new Map<string, number>();
        at.set(key, (at.get(key) ?? 0) + weight);
        postings.set(word, at);
        length += weight;
      }
    lengths.set(key, length);
  }
  const total = whole?.total ?? lengths.size;
  const mean = [...lengths.values()].reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.size);
  const rarity = (word: string): number => {
    const found = whole?.holding.get(word) ?? postings.get(word)?.size ?? 0;
    return Math.log(1 + (Math.max(total, found) - found + 0.5) / (found + 0.5));
  };
  return {
    rarity,
    words: new Set(postings.keys()),
    search: (weights) => {
      const scores = new Map<string, number>();
      for (const [word, weight] of weights) {
        const rare = weight * rarity(word);
        for (const [key, count] of postings.get(word) ?? []) {
          const long = (lengths.get(key) ?? 0) / mean;
          const part = (count * (SATURATION + 1)) / (count + SATURATION * (1 - LENGTH + LENGTH * long));
          scores.set(key, (scores.get(key) ?? 0) + rare * part);
        }
      }
      return scores;
    },
  };
}

/** The best of them, best first; of equals the first by name. */
export const best = (scores: Iterable<readonly [string, number]>, most: number): readonly (readonly [key: string, score: number])[] =>
  [...scores].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1)).slice(0, most);
