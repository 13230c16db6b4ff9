/**
 * The signs of a request: what can be said of its words, and of how it stands to what the system says of itself, by name; amounts in quarters.
 * What is learnt weighs them. No sign speaks of one trade: words that name something of the system stand as what they name.
 */
import type { Understood } from '#ports';
import { rootOf, type SettingsReading } from '#settings';
import { alwaysSo } from './always.ts';
import type { Composed } from './composed.ts';
import type { Thing } from './known-things.ts';
import type { Mentions } from './mentions.ts';
import type { Standing } from './standing.ts';
import { alike, isPlain } from './thesaurus.ts';

export type Signs = ReadonlySet<string>;

export interface Seen {
  readonly text: string;
  readonly mentions: Mentions;
  readonly said: Understood;
  readonly wish: SettingsReading;
  readonly answer: Composed | undefined;
  /** What the system says that speaks most of what the request speaks of. */
  readonly standing: Standing;
}

/** A request has more words than these seldom; what is said further on weighs no more. */
const MOST_WORDS = 80;

export function signsOf(seen: Seen): Signs {
  const signs = new Set<string>();
  const set: Say = (name) => void signs.add(name);
  const amount: Amount = (name, value) => {
    const quarters = Math.round(value * 4);
    if (quarters !== 0) signs.add(`${name}:${quarters / 4}`);
  };
  const { text, mentions, said, wish, answer, standing } = seen;
  set(`said:${said.kind}`);
  set(`wish:${wish.kind}${wish.kind === 'wish' ? `:${wish.of}` : ''}`);
  if (alwaysSo(mentions.plain) !== undefined) set('always');
  amount('answer', answer?.share ?? 0);
  set(`answer:${answer?.thing.kind ?? 'none'}`);
  ofForm(set, amount, text, mentions);
  ofWords(set, mentions);
  standing.flags.forEach(set);
  for (const [name, value] of standing.amounts) amount(name, value);
  return signs;
}
type Say = (name: string) => void;
type Amount = (name: string, value: number) => void;

/** Length, figures, names, question marks: the form of what was written. */
function ofForm(set: Say, amount: Amount, text: string, { plain, known, unknown, names, numbers }: Mentions): void {
  amount('known', Math.min(6, known.length));
  amount('unknown', Math.min(6, unknown.length));
  amount('unknown:share', unknown.length / Math.max(1, known.length + unknown.length));
  if (names.length > 0) set('names');
  if (numbers.length > 0) set('numbers');
  amount('length', Math.min(5, plain.split(' ').length / 10));
  if (text.includes('?')) set('?');
  if (/\?\s*$/.test(text)) set('?:last');
  if (text.includes('!')) set('!');
  if (/\d{4}-\d+/.test(text)) set('number of a row');
  if (/["“']\w[\w ]*["”']/.test(text)) set('quoted');
  amount('sentences', Math.min(4, text.split(/[.?!]\s+/).length));
}

/** Its words, those that name something of the system as what they name: one, two in a row, and how it begins. */
function ofWords(set: Say, mentions: Mentions): void {
  const words = mentions.plain.split(' ').slice(0, MOST_WORDS);
  const system = systemWords(mentions.all);
  const names = new Set(mentions.names);
  const unknown = new Set(mentions.unknown);
  const tokens = words.map((word) => tokenOf(word, system, names, unknown));
  tokens.forEach((token, at) => {
    set(`word:${token}`);
    if (at > 0) set(`words:${tokens[at - 1] ?? ''} ${token}`);
  });
  for (const count of [1, 2, 3]) set(`begins:${tokens.slice(0, count).join(' ')}`);
  for (const word of words) if (!isPlain(word) && !/\d/.test(word) && !names.has(word)) set(`root:${rootOf(word)}`);
}

const NAMING = ['operation', 'field', 'choice', 'entity'] as const;
function systemWords(things: readonly Thing[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const kind of NAMING)
    for (const thing of things)
      if (thing.kind === kind)
        for (const word of kind === 'operation' ? [...thing.words].slice(0, 1) : thing.words)
          if (!isPlain(word)) found.set(word, kind.toUpperCase());
  return found;
}
function tokenOf(word: string, system: ReadonlyMap<string, string>, names: ReadonlySet<string>, unknown: ReadonlySet<string>): string {
  if (/^\d/.test(word)) return /^\d{4}[-/]/.test(word) ? 'ROW-NUMBER' : 'NUMBER';
  if (names.has(word)) return 'NAME';
  if (isPlain(word)) return word;
  for (const root of alike(word)) {
    const kind = system.get(root);
    if (kind !== undefined) return kind;
  }
  return unknown.has(word) ? 'UNKNOWN' : 'OTHER';
}
