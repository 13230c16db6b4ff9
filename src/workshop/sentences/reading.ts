/**
 * One sentence, all its readings. Polite words are taken off its ends (a closed list); everything between must be
 * covered by one derivation, or the sentence is parted at "and" or ";" into two that are each understood alone.
 */
import { canonicalJson } from '#kernel';
import type { SystemModel } from '#model';
import { type Found, readAll } from './chart.ts';
import { sentence } from './families/index.ts';
import type { Token } from './lexer.ts';
import { LEADING_FILLERS, TRAILING_FILLERS } from './lexicon.ts';
import type { Owner, Request } from './request.ts';
import { lookupOf } from './vocabulary.ts';

export interface Reading {
  readonly readings: readonly Request[];
  readonly problems: readonly Found[];
  /** The tokens between the polite words. */
  readonly tokens: readonly Token[];
  readonly stuckAt: number;
}

/** What the sentence before was about. */
export interface About {
  readonly entity: string;
  readonly field?: { readonly owner: Owner; readonly field: string };
}

/** `about`: the thing of the sentence before, for "it" and "them". */
export function readSentence(model: SystemModel, tokens: readonly Token[], about?: About): Reading {
  const lookup =
    about === undefined
      ? lookupOf(model)
      : { ...lookupOf(model), about: about.entity, ...(about.field === undefined ? {} : { aboutField: about.field }) };
  let best: Reading | undefined;
  for (const core of withoutFillers(tokens)) {
    const chart = readAll(sentence, core, lookup);
    const reading: Reading = { readings: distinct(chart.readings), problems: chart.problems, tokens: core, stuckAt: chart.stuckAt };
    if (reading.readings.length > 0) return reading;
    if (best === undefined || chart.problems.length > best.problems.length) best = reading;
  }
  return best ?? { readings: [], problems: [], tokens, stuckAt: 0 };
}
const distinct = (requests: readonly Request[]): readonly Request[] => [
  ...new Map(requests.map((request) => [canonicalJson(request), request])).values(),
];

const split = (text: string): readonly string[] => text.split(' ');
const LEADING = LEADING_FILLERS.map(split).toSorted((a, b) => b.length - a.length);
const TRAILING = TRAILING_FILLERS.map((text) => text.split(/\s+/)).toSorted((a, b) => b.length - a.length);
const matches = (tokens: readonly Token[], at: number, words: readonly string[]): boolean =>
  words.every((word, index) => tokens[at + index]?.text === word && tokens[at + index]?.kind !== 'quoted');

/** The sentence as it is, and with its fillers taken off, shortest first. */
function withoutFillers(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const cores: (readonly Token[])[] = [tokens];
  let core = tokens;
  for (let again = true; again;) {
    again = false;
    const lead = LEADING.find((words) => matches(core, 0, words) && words.length < core.length);
    if (lead !== undefined) {
      core = core.slice(lead.length);
      while (core[0]?.kind === 'mark' && core[0].text === ',') core = core.slice(1);
      cores.push(core);
      again = true;
    }
    const tail = TRAILING.find((words) => words.length < core.length && matches(core, core.length - words.length, words));
    if (tail !== undefined) {
      core = core.slice(0, -tail.length);
      cores.push(core);
      again = true;
    }
  }
  return cores.toReversed();
}

/** Places where one sentence may end and another begin: "and", ";", ", and". */
export function partings(tokens: readonly Token[]): readonly { readonly left: readonly Token[]; readonly right: readonly Token[] }[] {
  const found: { left: readonly Token[]; right: readonly Token[] }[] = [];
  tokens.forEach((token, at) => {
    const joins =
      (token.kind === 'word' && token.text === 'and') ||
      (token.kind === 'mark' && token.text === ';') ||
      (token.kind === 'mark' && token.text === ',');
    if (!joins || at === 0 || at === tokens.length - 1) return;
    let from = at;
    let to = at + 1;
    if (tokens[from - 1]?.kind === 'mark' && tokens[from - 1]?.text === ',' && token.text === 'and') from -= 1;
    if ((token.text === ';' || token.text === ',') && tokens[to]?.text === 'and') return;
    if (token.text === ',' && tokens[to]?.text !== 'then') return;
    if (tokens[to]?.text === 'then' || tokens[to]?.text === 'also') to += 1;
    found.push({ left: tokens.slice(0, from), right: tokens.slice(to) });
  });
  return found;
}

/** The tokens as text that lexes to the same tokens. */
export function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.kind === 'quoted') return `"${token.text}"`;
      if (token.kind === 'percent') return `${token.text}%`;
      if (token.kind === 'money') return token.raw;
      return token.kind === 'word' ? token.text : token.kind === 'number' ? token.raw : token.text;
    })
    .join(' ')
    .replaceAll(" 's", "'s")
    .replaceAll(/ ([,;:'])/g, '$1');
}
/** Sentences of a request: parted at full stops, exclamation and question marks. */
export function sentencesOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const sentences: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'mark' && /^[.!?]+$/.test(token.text)) sentences.push([]);
    else sentences.at(-1)?.push(token);
  }
  return sentences.filter((each) => each.length > 0);
}
