/**
 * The words of a text, the same at index and query time: names split at their humps, lower case, without accents, stop words and
 * endings. Any text may come in; no more than `MOST` words come out of one.
 */
import { stem } from './stem.ts';

const MOST = 20_000;
const LONGEST = 40;
const stopWords: ReadonlySet<string> = new Set(
  (
    'a about above after again all also always am an and another any are as at be because been before being below between both but by can cannot could did do does ' +
    'doing done down each either else ever every few for from get gets getting give given go goes going got had has have having he her here hers him his how i if in into is it its ' +
    'itself just let like make makes made many may me more most much must my neither never no nor not nothing now of off on once one only or other our ours out over own per please put ' +
    'rather same say says shall she should show so some somebody someone something still such take takes than that the their them then there these they thing things this those through ' +
    'to too two under until up upon us use used very want wants was we well were what whatever when where whether which while who whoever whole whom whose why will with within without ' +
    'would yet you your'
  ).split(' '),
);

/** Stems in their order, with repetitions. */
export function wordsOf(text: string): readonly string[] {
  const out: string[] = [];
  for (const word of plainWords(text)) {
    if (stopWords.has(word)) continue;
    out.push(stem(word));
    if (out.length >= MOST) break;
  }
  return out;
}

/** Lower-case words as they stand, stop words among them. */
export function* plainWords(text: string): Iterable<string> {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/['’](?:s|t|ve|re|ll|d|m)\b/g, '');
  for (const [word] of plain.matchAll(/[\p{L}\p{N}]+/gu)) if (word.length > 1 && word.length <= LONGEST) yield word;
}
