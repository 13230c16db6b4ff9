/** Which words of a request had no role, and where they stand in it. Pure. */
import type { Json } from '#api/client';
import { membersOf } from '../values/json-members.ts';

export interface Misfit {
  readonly word: string;
  readonly at: number | null;
}

/** What a refusal tells of words and near sentences: `{ words: [{ word, at }], nearest: [sentence] }`, or less of it. */
export function readWitness(witness: Json): { readonly words: readonly Misfit[]; readonly nearest: readonly string[] } {
  const told = membersOf(witness);
  const words = Array.isArray(told?.['words']) ? (told['words'] as readonly Json[]).flatMap(misfitOf) : [];
  const near = told?.['nearest'];
  const nearest = (Array.isArray(near) ? (near as readonly Json[]) : [near]).filter(
    (sentence): sentence is string => typeof sentence === 'string' && sentence !== '',
  );
  return { words, nearest };
}
function misfitOf(entry: Json): readonly Misfit[] {
  if (typeof entry === 'string') return [{ word: entry, at: null }];
  const told = membersOf(entry);
  const word = told?.['word'];
  const at = told?.['at'];
  return typeof word === 'string' ? [{ word, at: typeof at === 'number' ? at : null }] : [];
}

/** Cuts the request where words without a role stand; a place that does not hold the word is looked for in the text. */
export function cut(request: string, words: readonly Misfit[]): readonly { readonly text: string; readonly misfit: boolean }[] {
  const marks = Array.from({ length: request.length }, () => false);
  for (const { word, at } of words) {
    const there = at !== null && request.slice(at, at + word.length).toLowerCase() === word.toLowerCase();
    const start = there ? at : placeOf(request, word);
    if (start >= 0) marks.fill(true, start, start + word.length);
  }
  const pieces: { text: string; misfit: boolean }[] = [];
  for (let at = 0; at < request.length; at++) {
    const misfit = marks[at] === true;
    const last = pieces.at(-1);
    if (last !== undefined && last.misfit === misfit) last.text += request[at];
    else pieces.push({ text: request[at] ?? '', misfit });
  }
  return pieces;
}
function placeOf(request: string, word: string): number {
  const text = request.toLowerCase();
  const wanted = word.toLowerCase();
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(text[at + wanted.length] ?? ' ')) return at;
  }
  return -1;
}
