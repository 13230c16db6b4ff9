/** Why a component was found, for whoever reads the citation: words that it shares with the question, or what it is tied to. */
import type { Nearest } from './nearest-components.ts';
import type { SystemIndex } from './system-index.ts';
import { plainWords, wordsOf } from './words.ts';

const MOST = 3;

export function whyNear(index: SystemIndex, key: string, question: string, near: readonly Nearest[]): string {
  const own = index.formWords(key);
  const shared = [...new Set(plainWords(question))].filter((word) => wordsOf(word).some((stem) => own.has(stem)));
  if (shared.length > 0) return `it speaks of ${shared.slice(0, MOST).join(', ')}`;
  const tied = near.find((other) => index.ties.get(key)?.has(other.key) === true);
  return tied === undefined ? 'its words are near' : `it is tied to ${tied.key}`;
}
