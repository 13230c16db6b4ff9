/** One text that holds many wrong versions of some of its places, each behind a switch that the text takes from its input. Places may lie in one another. Pure. */
import { behindSwitches } from './mutant-switch.ts';

/** Instead of the text from `start` to `end` what `text` says, while the mutant `id` is on. */
export interface Switched {
  readonly start: number;
  readonly end: number;
  readonly others: readonly { readonly id: string; readonly text: string }[];
}

export function switchedText(code: string, places: readonly Switched[]): string {
  const edits = places.flatMap(({ start, end, others }, of) => [
    { at: start, text: `(${others.map(({ id, text }) => `$on(${JSON.stringify(id)}) ? (${text}) : `).join('')}(`, of, closes: false },
    { at: end, text: '))', of, closes: true },
  ]);
  // What stands around others, and so before them in the list, opens before they do and closes after them.
  edits.sort((a, b) => a.at - b.at || (a.closes !== b.closes ? (a.closes ? -1 : 1) : a.closes ? b.of - a.of : a.of - b.of));
  let text = '';
  let from = 0;
  for (const { at, text: put } of edits) {
    text += code.slice(from, at) + put;
    from = at;
  }
  return behindSwitches(`${text}${code.slice(from)}`, '$on');
}
