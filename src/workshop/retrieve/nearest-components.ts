/** The components that matter to a question: those that share its words, and what they lean on or what leans on them. Best first. */
import type { Weights } from './asked-words.ts';
import { spread } from './spread.ts';
import type { SystemIndex } from './system-index.ts';
import { best } from './text-index.ts';

/** Measured with the open half of bench/retrieve; half and double of each change recall by one point at most. */
const STARTS = 40;
const STAYS = 0.4;
const SHARPNESS = 2;

export interface Nearest {
  readonly key: string;
  readonly score: number;
}
/** `meant`: known to matter. `alike`: how alike in meaning, 0 to 1, where that is known. */
export function nearestComponents(
  index: SystemIndex,
  weights: Weights,
  meant: readonly string[],
  alike: ReadonlyMap<string, number> = new Map(),
): readonly Nearest[] {
  const found = index.text.search(weights);
  const highest = Math.max(0, ...found.values());
  for (const [key, share] of alike) found.set(key, (found.get(key) ?? 0) + share * (highest === 0 ? 1 : highest));
  const start = new Map(best(found, STARTS).map(([key, score]) => [key, score ** SHARPNESS]));
  const named = meant.filter((key) => index.ties.has(key));
  const whole = [...start.values()].reduce((sum, score) => sum + score, 0) || 1;
  // What is known to matter weighs as much as all that words found.
  for (const key of named) start.set(key, (start.get(key) ?? 0) + whole / named.length);
  return best(spread(start, index.ties, STAYS), index.keys.length).map(([key, score]) => ({ key, score }));
}
