/** Lines of a difference as rows of a page: runs of removed and added lines side by side, long stretches of equal ones folded. Pure. */
import type { LineDifference } from '#api/client';
import { alignedLines, type LinePair } from './aligned-lines.ts';

export interface Pair extends LinePair {
  readonly kind: 'pair';
}
export interface Fold {
  readonly kind: 'fold';
  readonly lines: readonly LineDifference[];
}
export type DifferenceRow = Pair | Fold;

const around = 3;

export function differenceRows(lines: readonly LineDifference[]): readonly DifferenceRow[] {
  const near = lines.map(() => false);
  lines.forEach((line, index) => {
    if (line.kind !== 'same') near.fill(true, Math.max(0, index - around), Math.min(lines.length, index + around + 1));
  });
  const rows: DifferenceRow[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    if (line === undefined) break;
    if (line.kind === 'same') {
      let end = at;
      while (end < lines.length && lines[end]?.kind === 'same' && near[end] === near[at]) end++;
      const run = lines.slice(at, end);
      if (near[at] === true || run.length <= 2) for (const same of run) rows.push({ kind: 'pair', left: same, right: same });
      else rows.push({ kind: 'fold', lines: run });
      at = end;
      continue;
    }
    let end = at;
    while (end < lines.length && lines[end]?.kind !== 'same') end++;
    const run = lines.slice(at, end);
    const removed = run.filter((one) => one.kind === 'removed');
    const added = run.filter((one) => one.kind === 'added');
    for (const pair of alignedLines(removed, added)) rows.push({ kind: 'pair', ...pair });
    at = end;
  }
  return rows;
}
