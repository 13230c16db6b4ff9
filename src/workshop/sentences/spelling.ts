/** Words near to a known word. Never used to correct, only to ask. */

/** Optimal string alignment distance, stopped above `most`. */
export function distance(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1] ? 0 : 1;
      let best = Math.min((next[column - 1] ?? 0) + 1, (last[column] ?? 0) + 1, (last[column - 1] ?? 0) + same);
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        best = Math.min(best, (before[column - 2] ?? 0) + 1);
      next.push(best);
    }
    // What two rows in turn have left behind, no later row comes back from.
    if (Math.min(...next) > most && Math.min(...last) > most) return most + 1;
    before = last;
    last = next;
  }
  return last[right.length] ?? most + 1;
}
/** Known words within one slip (two in long words), nearest first. */
export function near(word: string, known: Iterable<string>): readonly string[] {
  if (word.length < 4) return [];
  const most = word.length >= 8 ? 2 : 1;
  const found: { word: string; away: number }[] = [];
  for (const candidate of known) {
    if (candidate === word || candidate.length < 3) continue;
    const away = distance(word, candidate, most);
    if (away <= most) found.push({ word: candidate, away });
  }
  return found.toSorted((a, b) => a.away - b.away).map((each) => each.word);
}
