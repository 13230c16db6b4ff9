/** What differs within a line that was changed, word by word: the longest common run of words is kept, the rest is marked. Pure. */
export interface Part {
  readonly text: string;
  readonly changed: boolean;
}

const most = 250;

export function differenceParts(left: string, right: string): { readonly left: readonly Part[]; readonly right: readonly Part[] } {
  const a = wordsOf(left);
  const b = wordsOf(right);
  if (a.length > most || b.length > most) return { left: [{ text: left, changed: true }], right: [{ text: right, changed: true }] };
  /** lengths[i][j]: of the longest common subsequence of a from i and b from j. */
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = lengths[i];
    if (row === undefined) continue;
    for (let j = b.length - 1; j >= 0; j--) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const parts: { left: Part[]; right: Part[] } = { left: [], right: [] };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push(parts.left, a[i++], false);
      push(parts.right, b[j++], false);
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) push(parts.left, a[i++], true);
    else push(parts.right, b[j++], true);
  }
  return parts;
}

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}_$]+|\s+|[^\p{L}\p{N}_$\s]/gu) ?? [];
function push(parts: Part[], text: string | undefined, changed: boolean): void {
  const last = parts.at(-1);
  if (last !== undefined && last.changed === changed) parts[parts.length - 1] = { text: last.text + (text ?? ''), changed };
  else parts.push({ text: text ?? '', changed });
}
