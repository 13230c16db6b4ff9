/** Variation points as the member `strategies` of a rule or an operation. */
import type { VariationPoint } from '#kernel';
import { memberName, quoted, type Doc } from './layout.ts';

export function pointMembers(points: readonly VariationPoint[] | undefined): readonly (readonly [string, Doc])[] {
  if (points === undefined || points.length === 0) return [];
  const ways = (point: VariationPoint): Doc => ({
    object: point.strategies.map(({ name, meaning }) => [memberName(name), quoted(meaning)]),
    open: true,
  });
  return [['strategies', { object: points.map((point) => [point.name, ways(point)]), open: true }]];
}
