/**
 * Names in their spellings: words ("due date"), camelCase (code and API), kebab-case (paths), and English nouns in
 * singular and plural. Pure text; knows no vocabulary of any system.
 */

/** Lower-case words of a name in any spelling: "dueDate", "due-date", "Due date" and "due_date" are ["due", "date"]. */
export function words(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
export const kebab = (name: string): string => words(name).join('-');
export const camel = (name: string): string =>
  words(name)
    .map((word, index) => (index === 0 ? word : capital(word)))
    .join('');
export const pascal = (name: string): string => words(name).map(capital).join('');
/** A name as a label for people: "dueDate" is "Due date". */
export const label = (name: string): string => capital(words(name).join(' '));

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const irregular: readonly (readonly [string, string])[] = [
  ['analysis', 'analyses'],
  ['axis', 'axes'],
  ['basis', 'bases'],
  ['child', 'children'],
  ['crisis', 'crises'],
  ['criterion', 'criteria'],
  ['datum', 'data'],
  ['diagnosis', 'diagnoses'],
  ['foot', 'feet'],
  ['goose', 'geese'],
  ['half', 'halves'],
  ['hypothesis', 'hypotheses'],
  ['index', 'indices'],
  ['knife', 'knives'],
  ['leaf', 'leaves'],
  ['life', 'lives'],
  ['loaf', 'loaves'],
  ['man', 'men'],
  ['matrix', 'matrices'],
  ['medium', 'media'],
  ['mouse', 'mice'],
  ['ox', 'oxen'],
  ['parenthesis', 'parentheses'],
  ['person', 'people'],
  ['phenomenon', 'phenomena'],
  ['quiz', 'quizzes'],
  ['shelf', 'shelves'],
  ['synopsis', 'synopses'],
  ['thesis', 'theses'],
  ['thief', 'thieves'],
  ['tooth', 'teeth'],
  ['vertex', 'vertices'],
  ['wife', 'wives'],
  ['wolf', 'wolves'],
  ['woman', 'women'],
  ['bus', 'buses'],
  ['gas', 'gases'],
  ['lens', 'lenses'],
  ['alias', 'aliases'],
  ['bias', 'biases'],
  ['atlas', 'atlases'],
  ['canvas', 'canvases'],
  ['bonus', 'bonuses'],
  ['campus', 'campuses'],
  ['census', 'censuses'],
  ['status', 'statuses'],
  ['virus', 'viruses'],
  ['surplus', 'surpluses'],
  ['address', 'addresses'],
  ['hero', 'heroes'],
  ['echo', 'echoes'],
  ['potato', 'potatoes'],
  ['tomato', 'tomatoes'],
  ['cargo', 'cargoes'],
  ['veto', 'vetoes'],
  ['cookie', 'cookies'],
  ['movie', 'movies'],
  ['tie', 'ties'],
  ['pie', 'pies'],
  ['lie', 'lies'],
  ['calorie', 'calories'],
  ['zombie', 'zombies'],
  ['shoe', 'shoes'],
  ['cache', 'caches'],
  ['axe', 'axes'],
  ['headache', 'headaches'],
  ['house', 'houses'],
  ['warehouse', 'warehouses'],
  ['expense', 'expenses'],
  ['license', 'licenses'],
  ['licence', 'licences'],
  ['purchase', 'purchases'],
  ['lease', 'leases'],
  ['release', 'releases'],
  ['case', 'cases'],
  ['base', 'bases'],
  ['database', 'databases'],
  ['course', 'courses'],
  ['response', 'responses'],
  ['phase', 'phases'],
  ['phrase', 'phrases'],
  ['nurse', 'nurses'],
  ['horse', 'horses'],
  ['clause', 'clauses'],
  ['cause', 'causes'],
  ['use', 'uses'],
  ['close', 'closes'],
  ['dose', 'doses'],
  ['purpose', 'purposes'],
  ['franchise', 'franchises'],
  ['exercise', 'exercises'],
  ['promise', 'promises'],
  ['size', 'sizes'],
  ['prize', 'prizes'],
  ['gaze', 'gazes'],
  ['maze', 'mazes'],
  ['entree', 'entrees'],
];
/** The same in singular and plural. */
const invariable = new Set([
  'aircraft',
  'equipment',
  'feedback',
  'fish',
  'furniture',
  'information',
  'luggage',
  'merchandise',
  'money',
  'news',
  'offspring',
  'series',
  'sheep',
  'software',
  'species',
  'staff',
]);
const pluralOf = new Map(irregular.map(([one, many]) => [one, many]));
const singularOf = new Map(irregular.map(([one, many]) => [many, one]));
for (const [one, many] of [
  ['appendix', 'appendices'],
  ['axis', 'axes'],
] as const) {
  pluralOf.set(one, many);
  singularOf.set(many, one);
}

/** The plural of an English noun, of a name in any spelling its last word: "order line" is "order lines", "orderLine" "orderLines". */
export const plural = (noun: string): string => lastWord(noun, pluralWord);
/** The singular of an English noun; a noun that is singular already stays. */
export const singular = (noun: string): string => lastWord(noun, singularWord);
/** Whether a word looks like a plural: it differs from its singular, and is the plural of it. */
export const isPlural = (noun: string): boolean =>
  invariable.has(noun.toLowerCase()) || (singular(noun) !== noun && plural(singular(noun)) === noun);

function lastWord(noun: string, change: (word: string) => string): string {
  const found = /(?:[A-Z]?[a-z0-9]+|[A-Z0-9]+)$/.exec(noun);
  if (found === null) return noun;
  const word = found[0];
  const changed = change(word.toLowerCase());
  const cased = /^[A-Z]/.test(word) ? capital(changed) : changed;
  return noun.slice(0, found.index) + cased;
}

function pluralWord(word: string): string {
  if (invariable.has(word)) return word;
  const known = pluralOf.get(word);
  if (known !== undefined) return known;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return `${word}s`;
}

function singularWord(word: string): string {
  if (invariable.has(word) || pluralOf.has(word)) return word;
  const known = singularOf.get(word);
  if (known !== undefined) return known;
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|zz|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (word.length > 2 && word.endsWith('s')) return word.slice(0, -1);
  return word;
}
