/**
 * Which removed line became which added one: the pairing, in order, that keeps the most text; lines that have too little in
 * common stand alone. A weighted longest common subsequence. Pure.
 */
import type { LineDifference } from '#api/client';
import { differenceParts } from './difference-parts.ts';

export interface LinePair {
  readonly left: LineDifference | null;
  readonly right: LineDifference | null;
}

/** Share of the longer line that both have, below which they are two lines and not one that was changed. */
const alike = 0.4;
/** Above this many comparisons lines are paired as they come: nobody reads a block of that size word by word. */
const mostPairs = 900;

export function alignedLines(removed: readonly LineDifference[], added: readonly LineDifference[]): readonly LinePair[] {
  if (removed.length * added.length > mostPairs) return inOrder(removed, added);
  const likeness = removed.map((left) => added.map((right) => likenessOf(left.text, right.text)));
  const best = Array.from({ length: removed.length + 1 }, () => new Float64Array(added.length + 1));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  const like = (i: number, j: number): number => likeness[i]?.[j] ?? 0;
  for (let i = removed.length - 1; i >= 0; i--) {
    const row = best[i];
    if (row === undefined) continue;
    for (let j = added.length - 1; j >= 0; j--)
      row[j] = Math.max(at(i + 1, j), at(i, j + 1), like(i, j) > 0 ? at(i + 1, j + 1) + like(i, j) : 0);
  }
  const pairs: LinePair[] = [];
  let i = 0;
  let j = 0;
  while (i < removed.length && j < added.length) {
    if (like(i, j) > 0 && at(i, j) === at(i + 1, j + 1) + like(i, j)) pairs.push({ left: removed[i++] ?? null, right: added[j++] ?? null });
    else if (at(i, j) === at(i + 1, j)) pairs.push({ left: removed[i++] ?? null, right: null });
    else pairs.push({ left: null, right: added[j++] ?? null });
  }
  while (i < removed.length) pairs.push({ left: removed[i++] ?? null, right: null });
  while (j < added.length) pairs.push({ left: null, right: added[j++] ?? null });
  return pairs;
}

function inOrder(removed: readonly LineDifference[], added: readonly LineDifference[]): readonly LinePair[] {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index) => ({
    left: removed[index] ?? null,
    right: added[index] ?? null,
  }));
}

function likenessOf(left: string, right: string): number {
  const length = Math.max(left.trim().length, right.trim().length);
  if (length === 0) return 1;
  const kept = differenceParts(left.trim(), right.trim()).left.reduce((sum, part) => sum + (part.changed ? 0 : part.text.trim().length), 0);
  return kept / length >= alike ? kept / length : 0;
}
