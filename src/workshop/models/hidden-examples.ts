/** Which acceptance examples whoever writes the code does not see: a stated share, drawn by the change, so that a run that is resumed hides the same ones. */
import { createHash } from 'node:crypto';
import type { AcceptanceExample } from '#change';
import type { JsonObject } from '#kernel';
import type { AnsweredExample } from './answers.ts';

/** At least one of three or more, where any share is wanted; never all. */
export const hiddenCount = (examples: number, share: number): number =>
  share <= 0 || examples < 2 ? 0 : Math.min(examples - 1, Math.max(examples >= 3 ? 1 : 0, Math.floor(examples * share)));

export function acceptanceOf(examples: readonly AnsweredExample[], change: string, share: number): readonly AcceptanceExample[] {
  const drawn = examples
    .map((example, at) => ({ at, lot: createHash('sha256').update(`${change}\n${example.component}\n${example.name}`).digest('hex') }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, hiddenCount(examples.length, share));
  const hidden = new Set(drawn.map(({ at }) => at));
  return examples.map(({ component, name, steps }, at): AcceptanceExample => {
    const example: JsonObject = { name, steps: steps as readonly JsonObject[] };
    return { component, example, hidden: hidden.has(at) };
  });
}
