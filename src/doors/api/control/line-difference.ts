/**
 * The difference of two texts, line by line: the longest common subsequence between the ends that are equal. Pure. Texts that
 * share almost nothing and are very long are shown as removed and added whole, so that the time is bounded.
 */
import type { LineDifference } from '../resources.ts';

const mostCells = 4_000_000;

export function lineDifference(before: string, after: string): readonly LineDifference[] {
  const old = linesOf(before);
  const now = linesOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;

  const made: LineDifference[] = [];
  const same = (text: string, before: number, after: number): void =>
    void made.push({ kind: 'same', text, before: before + 1, after: after + 1 });
  for (let at = 0; at < start; at++) same(old[at] ?? '', at, at);
  const oldMiddle = old.slice(start, old.length - end);
  const newMiddle = now.slice(start, now.length - end);
  let i = 0;
  let j = 0;
  const removed = (): void => void made.push({ kind: 'removed', text: oldMiddle[i] ?? '', before: start + ++i, after: null });
  const added = (): void => void made.push({ kind: 'added', text: newMiddle[j] ?? '', before: null, after: start + ++j });
  const common = commonLengths(oldMiddle, newMiddle);
  while (i < oldMiddle.length && j < newMiddle.length) {
    if (common === undefined) break;
    if (oldMiddle[i] === newMiddle[j]) {
      same(oldMiddle[i] ?? '', start + i, start + j);
      i++;
      j++;
    } else if (common(i + 1, j) >= common(i, j + 1)) removed();
    else added();
  }
  while (i < oldMiddle.length) removed();
  while (j < newMiddle.length) added();
  for (let at = end; at > 0; at--) same(old[old.length - at] ?? '', old.length - at, now.length - at);
  return made;
}

/** A last line end makes no line of its own. */
function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Length of the longest common subsequence of what follows (i, j); undefined where that would take too long. */
function commonLengths(old: readonly string[], now: readonly string[]): ((i: number, j: number) => number) | undefined {
  const width = now.length + 1;
  if ((old.length + 1) * width > mostCells) return undefined;
  const cells = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      cells[i * width + j] =
        old[i] === now[j]
          ? (cells[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(cells[(i + 1) * width + j] ?? 0, cells[i * width + j + 1] ?? 0);
    }
  }
  return (i, j) => cells[i * width + j] ?? 0;
}
