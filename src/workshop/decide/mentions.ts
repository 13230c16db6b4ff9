/** Which things of the system a request speaks of, and what it names that the system does not know. */
import { rootOf } from '#settings';
import type { Thing } from './known-things.ts';
import { alike, isPlain } from './thesaurus.ts';

export interface Mentions {
  readonly plain: string;
  /** Roots of its words, and of those taken for them. */
  readonly roots: ReadonlySet<string>;
  readonly things: readonly Thing[];
  /** All things of the system, spoken of or not. */
  readonly all: readonly Thing[];
  /** Words that name nothing of the system and are no names of rows. */
  readonly unknown: readonly string[];
  /** Content words that the system's own words know. */
  readonly known: readonly string[];
  readonly numbers: readonly string[];
  /** Names of people, firms and goods, as far as their capitals tell. */
  readonly names: readonly string[];
}
/** Verbs and nouns of everyday life that tell nothing new of a system. */
const EVERYDAY = new Set(
  `change changes changed add added new old make call called happen happened care right left high low big small great good better best bad worse worst name named number half full line
  right wrong mistake twice double money euro eur euros cent cents percent business work job shop store office house phone rang typed type typing click clicks clicked open close closed start
  started begin end ended stop stopped let leave send sent write wrote written read enter entered record recorded note remember forget forgot create created remove removed delete deleted
  track tracked allow allowed require required accept accepted happen always anyone currently at most least under over zero below above still sell sold buy bought top bottom highest lowest
  largest smallest newest oldest first last sort sorted order by date dates value values field fields row rows table data api key access answer question problem possible customer
  sum total figure count average mean amount already available hold held mark marked possibility option choice figure sell bring brought hand hands belong belongs belonging depend depends
  appear appears be become becomes became differ different kind know known mean means matter remain remains stay stays calculate calculated compute computed update updated adds automatic
  automatically past themselves itself running says said second third went rid raise raised check alphabetical dearest exactly impossible build building sense forbid kept so far unique required mandatory optional default initially negative positive free simply immediately directly sure clear clearly visible both together report reports overview summary breakdown figure figures`.split(
    /\s+/,
  ),
);

export function mentionsOf(text: string, plain: string, things: readonly Thing[]): Mentions {
  const words = withoutVoices(plain)
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const roots = new Set(words.flatMap((word) => [...alike(word)]));
  const negated = new Set(words.flatMap((word) => (/^un[a-z]{4,}/.test(word) ? [rootOf(word.slice(2))] : [])));
  const spokenOf = new Set([...roots, ...negated]);
  const found = things.filter(
    (thing) => [...thing.words].every((word) => spokenOf.has(word)) || (thing.kind === 'operation' && actsOn(thing, spokenOf)),
  );
  const system = new Set(things.flatMap((thing) => [...thing.words, ...thing.text]));
  const names = properNames(text);
  const content = [...new Set(words.filter((word) => !isPlain(word) && !names.has(word)))];
  const isKnown = (word: string): boolean =>
    [...alike(word)].some((root) => system.has(root)) || system.has(rootOf(word.replace(/^un/, '')));
  return {
    plain,
    roots: spokenOf,
    things: found,
    all: things,
    known: content.filter(isKnown),
    unknown: content.filter((word) => !isKnown(word) && !EVERYDAY.has(word)),
    names: [...names],
    numbers: words.filter((word) => /^\d+(?:\.\d+)?$/.test(word)).map((word) => String(Number(word))),
  };
}
/** Who says so, and how strongly, tells nothing of what is wished for: "our accountant insists". */
const VOICES =
  /(?:^| )(?:and )?(?:as |says? |because )?(?:our|my|the) \w+ (?:insists?|insisted|says?|said|demands?|complains?|complained|keeps (?:asking|saying)|told (?:me|us)(?: so)?)(?: on (?:it|that))?(?: so)?(?: that)?(?= |$)/g;
const withoutVoices = (plain: string): string => plain.replaceAll(VOICES, ' ');
/** An operation is spoken of by its verb and the rows that it is on. */
const actsOn = (thing: Thing, roots: ReadonlySet<string>): boolean => {
  const [verb] = [...thing.words];
  return verb !== undefined && roots.has(verb) && (thing.entity === undefined || roots.has(rootOf(thing.entity.name)));
};

/** Words with a capital inside a sentence: people, firms, goods by their names. */
function properNames(raw: string): ReadonlySet<string> {
  const text = raw.replace(/\b(Mr|Mrs|Ms|Dr|St)\./g, '$1');
  const found = new Set<string>();
  for (const match of text.matchAll(/(?<=[^.?!:\s]\s+)(\p{Lu}\p{Ll}[\p{L}-]*)/gu)) found.add((match[1] ?? '').toLowerCase());
  return found;
}
