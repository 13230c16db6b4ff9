/**
 * The closed lists: words with a grammatical role, words that say a type, nouns whose type is agreed, polite fillers.
 * A word of these lists is never part of a new name unless the name stands in quotation marks.
 */
import { wordTable } from './word-table.ts';

/** Words that may open or close a request and never carry meaning. */
export const LEADING_FILLERS: readonly string[] = [
  'please',
  'hi',
  'hello',
  'ok',
  'okay',
  'now',
  'so',
  'and',
  'also',
  'then',
  'from now on ,',
  'from now on',
  'we want to',
  'we would like to',
  'we need to',
  'we have to',
  'we should',
  'i want to',
  'i would like to',
  'i need to',
  'i want you to',
  'we want you to',
  'can you',
  'could you',
  'would you',
  'can we',
  'could we',
  'let us',
  'you should',
  'in future ,',
  'in future',
  'in the future ,',
  'please ,',
  'hello ,',
  'hi ,',
  'ok ,',
  'okay ,',
  'i would like you to',
  'we would like you to',
  'will you',
  'we must',
  'i must',
  'just',
  "we'd like to",
  "i'd like to",
  "we'd like you to",
  "i'd like you to",
  'next ,',
  'it would be nice to',
  'we would like to be able to',
  'we want to be able to',
  'we must be able to',
  'i must be able to',
  'we have to be able to',
  'we need to be able to',
  'we should be able to',
  'i want to be able to',
  'i would like to be able to',
  "we'd like to be able to",
  "i'd like to be able to",
  'it should be possible to',
  'it must be possible to',
  'we also want to',
  'we also need to',
  'would it be possible to',
  'is it possible to',
  'you please',
  'be so kind as to',
  'we would also like to',
  'make sure that',
  'ensure that',
  'make sure',
  'we want',
  'in our system ,',
  'also ,',
];
export const TRAILING_FILLERS: readonly string[] = [
  'please',
  ', please',
  'thanks',
  ', thanks',
  'thank you',
  ', thank you',
  'from now on',
  ', from now on',
  'for us',
  'for me',
  'in future',
  'as well',
  'too',
  '?',
];

export const NUMBER_WORDS: { readonly [word: string]: string } = wordTable({
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
});

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Words with a grammatical role: never in a new name. */
export const ROLE_WORDS: ReadonlySet<string> = words(`
  a an the this that these those each every any all some no not never none nor non without with of to from for by at as in on into onto than then when while if unless until till after
  before since and or but is are was were be been being has have had having do does did can could may might must shall should will would it its they their them theirs his her he
  she we our us i my you your who whose whom which what where there only also too both either neither more most less least fewer over under above below between per plus minus
  times divided multiplied default defaults required mandatory compulsory optional unique field fields column attribute property called named again still yet new always
  show list display track remove delete drop rename add stop hide forget give make record store keep let allow sorted ordered grouped off because so such up down out exactly
  yes/no yes true false whole one please off now instead another today missing empty blank thing things entity entities until get gets receive receives need needs`);

/** Words that would promise something that a plain new field does not keep, and numbers: a name with one of them stands in quotation marks. */
export const NO_NAME_WORDS: ReadonlySet<string> = new Set([
  ...Object.keys(NUMBER_WORDS),
  ...words(
    'secret sensitive private confidential encrypted hidden readonly editable automatic calculated computed derived several many few different various multiple',
  ),
]);

/** "Roughly", "usually": adverbs promise something too. Words in -ly that name something are agreed. */
const LY_NAMES = words(
  'family supply assembly reply daily weekly monthly quarterly yearly hourly early fly rally jelly anomaly italy lily july poly subfamily',
);
export const isNoName = (word: string): boolean => NO_NAME_WORDS.has(word) || (/[a-z]{2}ly$/.test(word) && !LY_NAMES.has(word));

/** A first word that says the type of the field that is named after it. */
type NamedType = 'text' | 'integer' | 'decimal' | 'money' | 'date' | 'boolean';
export const TYPE_WORDS: { readonly [word: string]: NamedType } = wordTable<NamedType>({
  text: 'text',
  number: 'integer',
  integer: 'integer',
  decimal: 'decimal',
  amount: 'money',
  money: 'money',
  date: 'date',
  'yes/no': 'boolean',
  boolean: 'boolean',
});

export type NounType = 'date' | 'email' | 'url' | 'money' | 'integer' | 'text';
const NOUNS: readonly (readonly [NounType, ReadonlySet<string>])[] = [
  ['email', words('email emails')],
  ['url', words('url website link')],
  ['money', words('price amount cost budget limit fee total salary subtotal')],
  ['integer', words('quantity count stock age')],
  ['text', words('name title note description comment address phone telephone number sku code city category colour color')],
];
const NO_DATES = words('update candidate mandate today');

/** The agreed type of a noun phrase (lower-case words), by its head; nothing where it has none. */
export function nounType(phrase: string): NounType | undefined {
  const parts = phrase.split(' ');
  if (/^numbers? of /.test(phrase)) return 'integer';
  if (/^(date|day) of /.test(phrase)) return 'date';
  if (/ of /.test(phrase)) return nounType(phrase.split(' of ')[0] ?? '');
  if (/^e?mail address(es)?$|\bemail address(es)?$/.test(phrase)) return 'email';
  const head = parts.at(-1) ?? '';
  if (head === 'on' && parts.length > 1) return 'date';
  if (/(date|day)s?$/.test(head) && !NO_DATES.has(head.replace(/s$/, ''))) return 'date';
  for (const [type, nouns] of NOUNS) if (nouns.has(head) || nouns.has(head.replace(/ies$/, 'y').replace(/s$/, ''))) return type;
  return undefined;
}

/** A word that cannot stand in a plain name: it has a role, or says a type. */
export const isReserved = (word: string): boolean => ROLE_WORDS.has(word) || isNoName(word) || /[^\p{L}\d]/u.test(word);
export const NOUN_WORDS: readonly string[] = NOUNS.flatMap(([, nouns]) => [...nouns]);
