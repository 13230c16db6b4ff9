/** Every word that has a role somewhere: in the grammar, in the lists, or in the system. */
import { lookupOf } from './vocabulary.ts';
import type { SystemModel } from '#model';
import { DAYS } from './grammar/schedules.ts';
import { sentence } from './families/index.ts';
import { NOUN_WORDS, NUMBER_WORDS, ROLE_WORDS, TYPE_WORDS } from './lexicon.ts';
import type { Shape } from './rule.ts';

let grammarWords: ReadonlySet<string> | undefined;
function wordsOfGrammar(): ReadonlySet<string> {
  if (grammarWords !== undefined) return grammarWords;
  const words = new Set<string>();
  const seen = new Set<Shape>();
  const walk = (shape: Shape): void => {
    if (seen.has(shape)) return;
    seen.add(shape);
    if (shape.kind === 'words') for (const word of shape.words) words.add(word);
    else if (shape.kind === 'sequence') shape.parts.forEach(walk);
    else if (shape.kind === 'either') shape.of.forEach(walk);
    else if (shape.kind === 'named') walk(shape.of());
    else if (shape.kind === 'maybe' || shape.kind === 'slot' || shape.kind === 'build') walk(shape.of);
  };
  walk(sentence);
  for (const list of [ROLE_WORDS, Object.keys(NUMBER_WORDS), Object.keys(TYPE_WORDS), NOUN_WORDS, DAYS])
    for (const word of list) words.add(word);
  grammarWords = words;
  return words;
}
export const nounsOf = (model: SystemModel): ReadonlySet<string> =>
  new Set([...lookupOf(model).words, ...NOUN_WORDS].filter((word) => word.length > 3));
const knownByModel = new WeakMap<SystemModel, ReadonlySet<string>>();
export function knownWords(model: SystemModel): ReadonlySet<string> {
  const known = knownByModel.get(model) ?? new Set([...wordsOfGrammar(), ...lookupOf(model).words]);
  knownByModel.set(model, known);
  return known;
}
