/** The components that matter to a question: those that share its words, and what they lean on or what leans on them. Best first. */
import type { Weights } from './asked-words.ts';
import { type Alike, joined } from './meaning.ts';
import type { SystemIndex } from './system-index.ts';
import { spread } from './spread.ts';
import { best } from './text-index.ts';

/** Measured with the open half of bench/retrieve; half and double of each change recall by one point at most. */
const STARTS = 40;
const STAYS = 0.4;
const SHARPNESS = 2;

export interface Nearest {
  readonly key: string;
  readonly score: number;
}
/** `meant`: known to matter. `alike`: what is near in meaning, where that is known. */
export function nearestComponents(
  index: SystemIndex,
  weights: Weights,
  meant: readonly string[],
  alike: Alike = new Map(),
): readonly Nearest[] {
  const found = joined(index.text.search(weights), alike);
  const start = new Map(best(found, STARTS).map(([key, score]) => [key, score ** SHARPNESS]));
  const named = meant.filter((key) => index.ties.has(key));
  const whole = [...start.values()].reduce((sum, score) => sum + score, 0) || 1;
  // What is known to matter weighs as much as all that words found.
  for (const key of named) start.set(key, (start.get(key) ?? 0) + whole / named.length);
  return best(spread(start, index.ties, STAYS), index.keys.length).map(([key, score]) => ({ key, score }));
}
