/** Why a sentence was not understood: the words without a role, and the nearest that would be understood. */
import { specimens } from './specimens.ts';
import type { SystemModel } from '#model';
import { beyond } from './beyond.ts';
import type { Token } from './lexer.ts';
import { NOUN_WORDS, ROLE_WORDS } from './lexicon.ts';
import { readSentence, type Reading } from './reading.ts';
import { lookupOf } from './vocabulary.ts';
import { singularOf } from './inflection.ts';
import { knownWords } from './known-words.ts';
import { guarded } from './say-back.ts';

export interface Refused {
  readonly kind: 'refused';
  readonly why: string;
  readonly words: readonly { readonly word: string; readonly at: number }[];
  readonly nearest?: readonly string[];
}
/** Verbs after which a new name stands. */
const NAMING = new Set(['add', 'rename', 'track', 'call']);
/** `takesOn`: whether a sentence would be understood as it stands; where it is left out, nothing is offered. */
export function refusal(reading: Reading, model: SystemModel, takesOn?: (sentence: string) => boolean): Refused {
  const known = knownWords(model);
  const strange = reading.tokens.filter((token) => token.kind === 'word' && !known.has(token.text) && !known.has(singularOf(token.text)));
  const own = lookupOf(model).words;
  const nouns = new Set(NOUN_WORDS);
  const unknown =
    strange.length > 0 ? strange : reading.tokens.filter((token) => token.kind === 'word' && nouns.has(token.text) && !own.has(token.text));
  const stuck = reading.tokens[Math.min(reading.stuckAt, reading.tokens.length - 1)];
  const near = takesOn === undefined ? [] : nearby(reading, model);
  const left = near[0]?.without.filter((token) => token.kind !== 'mark') ?? [];
  const named = left.length > 0 && strange.length === 0 ? left : unknown.length > 0 ? unknown : stuck === undefined ? [] : [stuck];
  const words = named.map((token) => ({ word: token.raw, at: token.at }));
  const problem =
    reading.problems.find((each) => each.problem.telling) ??
    reading.problems.find((each) => each.to - each.from >= Math.min(4, reading.tokens.length));
  const whole = problem !== undefined && (problem.problem.telling || problem.to - problem.from >= reading.tokens.length - 1);
  const odd = reading.tokens.find((token) => token.kind === 'quoted' && !/^[\p{Script=Latin}\d][\p{Script=Latin}\d -]*$/u.test(token.text));
  const naming = words.some(({ word }) => ROLE_WORDS.has(word.toLowerCase())) && NAMING.has(reading.tokens[0]?.text ?? '');
  const out = [
    beyond(reading.tokens[0]?.text),
    odd === undefined ? undefined : `"${odd.text}" cannot be a name: names have letters, digits and spaces.`,
    naming ? 'A name that holds such a word stands in quotation marks.' : undefined,
  ].filter((each) => each !== undefined);
  const said = words.map(({ word }) => `"${word}"`).join(', ');
  const why =
    problem === undefined || (unknown.length > 0 && !whole)
      ? [`This was not understood: ${said} ${words.length === 1 ? 'has' : 'have'} no role in a sentence that is known here.`, ...out].join(
          ' ',
        )
      : problem.problem.why;
  const nearest =
    takesOn === undefined
      ? []
      : [...new Set([...near.map((each) => each.sentence), ...specimens(model, reading.tokens)])].filter(firstFew(takesOn));
  return { kind: 'refused', why, words, ...(nearest.length > 0 ? { nearest } : {}) };
}
/** Three at most of those that the system as it is would take on. */
const firstFew = (takesOn: (sentence: string) => boolean): ((sentence: string) => boolean) => {
  let found = 0;
  return (sentence) => {
    if (found === 3 || !takesOn(sentence)) return false;
    found += 1;
    return true;
  };
};
/** The sentence without a few neighbouring words, where that is understood. */
function nearby(reading: Reading, model: SystemModel): readonly { readonly sentence: string; readonly without: readonly Token[] }[] {
  const found = new Map<string, readonly Token[]>();
  for (let length = 1; length <= 3 && found.size === 0; length += 1) {
    for (let from = 0; from + length <= reading.tokens.length && found.size < 2; from += 1) {
      const rest = [...reading.tokens.slice(0, from), ...reading.tokens.slice(from + length)];
      if (rest.length < 3) continue;
      const readings = readSentence(model, rest).readings;
      const only = readings[0];
      const said = only === undefined || readings.length > 1 ? undefined : guarded(model, only);
      if (said !== undefined && !found.has(`${said}.`)) found.set(`${said}.`, reading.tokens.slice(from, from + length));
    }
  }
  return [...found].map(([sentence_, without]) => ({ sentence: sentence_, without }));
}
