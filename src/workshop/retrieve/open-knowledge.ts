/**
 * Retrieval (port Knowledge): by component and by question, never the whole code. Promises: within the budget; each piece says where it
 * is from and why; the same for the same input; what cannot be looked up (a database that does not answer) is missing and told, and no
 * change fails of it. Texts of documents, requests and rows are data: they are found and cited, never followed.
 */
import { isRefusal } from '#kernel';
import type { SystemReading } from '#model';
import type { EarlierChange, EarlierChanges, Embeddings, Knowledge, Library, LiveRows, Passage, Piece, Sought } from '#ports';
import { askedWords, type Weights, withWords } from './asked-words.ts';
import { type Alike, alikeTo, joined, MOST_COMPARED } from './meaning.ts';
import { type Nearest, nearestComponents } from './nearest-components.ts';
import { type Found, pack } from './pack.ts';
import { sdkPieces } from './sdk-pieces.ts';
import { type SystemIndex, systemIndex } from './system-index.ts';
import { best, textIndex } from './text-index.ts';
import { plainWords, wordsOf } from './words.ts';
import { whyNear } from './why-near.ts';

export interface KnowledgeParts {
  readonly library?: Library;
  readonly changes?: EarlierChanges;
  readonly live?: LiveRows;
  /** Absent: meanings are not compared. */
  readonly embeddings?: Embeddings;
  readonly warn: (line: string) => void;
}

/** Candidates that are looked at, and pieces that are given, at most. */
const PASSAGES = { looked: 60, given: 4 };
const CHANGES = { looked: 30, given: 3 };
const LIVE = { entities: 3, rows: 2 };
/** Nearest components, and the best passage, lend words to the search for the other. */
const LENDING = { components: 8, weight: 0.3, passageWords: 24, passageWeight: 0.15 };
/** Of what the best passage or change has, the least. */
const WORTH = 0.25;
/** Shares of the budget: together and each. What is left is for components. */
const shares = {
  named: { share: 0.5, each: 0.2 },
  documents: { share: 0.2, each: 0.08 },
  changes: { share: 0.06, each: 0.03 },
  live: { share: 0.08, each: 0.05 },
  sdk: { share: 0.06, each: 0.06 },
  near: { share: 1, each: 0.1 },
} as const;

type Looked = <Value>(what: string, none: Value, look: () => Promise<Value>) => Promise<Value>;
/** What of some texts is near in meaning; nothing where that cannot be had. Rows are never among them. */
type Meaning = (texts: () => readonly (readonly [key: string, text: string])[]) => Promise<Alike>;
const noWords: ReadonlySet<string> = new Set();

export function openKnowledge(parts: KnowledgeParts): Knowledge {
  const indexes = new WeakMap<object, SystemIndex>();
  const indexOf = (sought: Sought): SystemIndex | null => {
    const reading = sought.reading as unknown as SystemReading;
    if (!reading.ok) return null;
    const index = indexes.get(reading) ?? systemIndex(reading, sought.sources);
    indexes.set(reading, index);
    return index;
  };

  async function find(sought: Sought): Promise<readonly Piece[]> {
    const told = new Set<string>();
    const without = (what: string, why: string): void => {
      parts.warn(`retrieval goes on without ${what}: ${why}`);
      if (!told.has(what)) sought.without?.(`${what}: ${why}`);
      told.add(what);
    };
    const looked: Looked = async (what, none, look) => {
      try {
        return await look();
      } catch (cause) {
        without(what, cause instanceof Error ? cause.message : String(cause));
        return none;
      }
    };
    const meaning: Meaning = (texts) =>
      looked('meanings', new Map(), async () => {
        const { change, question } = sought;
        // What could not be had a moment ago is not asked for again in the same search.
        if (parts.embeddings === undefined || change === undefined || told.has('meanings')) return new Map();
        const alike = await alikeTo(parts.embeddings, question, texts(), change);
        if (!isRefusal(alike)) return alike;
        without('meanings', alike.why);
        return new Map();
      });
    return pieces(sought, looked, meaning);
  }

  async function pieces(sought: Sought, looked: Looked, meaning: Meaning): Promise<readonly Piece[]> {
    const { question, components, tokens } = sought;
    const index = indexOf(sought);
    if (index === null || tokens <= 0) return [];
    const weights = askedWords(question, index.text.words);
    const alike = await meaning(() => likeliest(index, weights).map((key) => [key, index.shortForm(key)] as const));
    const first = nearestComponents(index, weights, components, alike);
    const named = components.filter((key) => index.ties.has(key));
    const [passages, changes, live] = await Promise.all([
      looked('the documents', [], () => nearestPassages(parts.library, question, lentBy(index, first), meaning)),
      looked('earlier changes', [], () => nearestChanges(parts.changes, question, weights, meaning)),
      looked('live rows', [], () => livePieces(parts.live, named)),
    ]);
    const lent = wordsLent(index, passages[0]);
    const near = lent.length === 0 ? first : nearestComponents(index, withWords(weights, lent), components, alike);
    const piece = ({ key }: { readonly key: string }): Found => ({
      source: `component/${key}`,
      why: named.includes(key) ? 'it is in scope' : whyNear(index, key, question, near),
      text: index.shortForm(key),
    });
    return pack(
      [
        { found: named.map((key) => piece({ key })), ...shares.named },
        {
          found: passages.map(({ source, text }) => ({ source: `document/${source}`, why: 'the house says so', text })),
          ...shares.documents,
        },
        { found: changes.map(changePiece), ...shares.changes },
        { found: live, ...shares.live },
        { found: sdkPieces(question, index.kinds), ...shares.sdk },
        { found: lazily(near, piece), ...shares.near },
      ],
      tokens,
    );
  }
  return { find };
}

/** Those that meanings are asked of: all where they are few, else those that words find. */
function likeliest(index: SystemIndex, weights: Weights): readonly string[] {
  if (index.keys.length <= MOST_COMPARED) return index.keys;
  const found = best(index.text.search(weights), MOST_COMPARED).map(([key]) => key);
  return [...new Set([...found, ...index.keys])].slice(0, MOST_COMPARED);
}

function* lazily<Value>(values: readonly Value[], of: (value: Value) => Found): Iterable<Found> {
  for (const value of values) yield of(value);
}

/** What the nearest components say of themselves finds the documents that speak of the same. */
function lentBy(index: SystemIndex, near: readonly Nearest[]): Iterable<readonly [string, number]> {
  const highest = near[0]?.score ?? 1;
  return near
    .slice(0, LENDING.components)
    .flatMap(({ key, score }) => index.headWords(key).map((word) => [word, (LENDING.weight * score) / highest] as const));
}
/** The rarest words of the best passage: the house's own words for what was asked in others. */
function wordsLent(index: SystemIndex, passage: Passage | undefined): readonly (readonly [string, number])[] {
  if (passage === undefined) return [];
  const known = [...new Set(wordsOf(passage.text))].filter((word) => index.text.words.has(word));
  return best(
    known.map((word) => [word, index.text.rarity(word)] as const),
    LENDING.passageWords,
  ).map(([word]) => [word, LENDING.passageWeight] as const);
}

async function nearestPassages(
  library: Library | undefined,
  question: string,
  lent: Iterable<readonly [string, number]>,
  meaning: Meaning,
): Promise<readonly Passage[]> {
  if (library === undefined) return [];
  const more = [...lent];
  const { passages, ...whole } = await library.find(withWords(askedWords(question, noWords), more), PASSAGES.looked);
  const texts = new Map(passages.map((passage) => [passage.source, passage]));
  const index = textIndex(
    passages.map(({ source, text }) => [
      source,
      [
        { words: wordsOf(text), weight: 1 },
        { words: wordsOf(`${source.replace(/\.\w+#\d+$/, '')} ${text.split('\n', 1)[0] ?? ''}`), weight: 1.5 },
      ],
    ]),
    whole,
  );
  const scores = index.search(withWords(askedWords(question, index.words), more));
  const alike = await meaning(() => passages.map(({ source, text }) => [source, text] as const));
  return worthwhile(best(joined(scores, alike), PASSAGES.given)).flatMap((source) => texts.get(source) ?? []);
}

async function nearestChanges(
  changes: EarlierChanges | undefined,
  question: string,
  weights: Weights,
  meaning: Meaning,
): Promise<readonly EarlierChange[]> {
  if (changes === undefined) return [];
  const plain = [...new Set(plainWords(question))].filter((word) => wordsOf(word).length > 0);
  const found = new Map((await changes.like(plain, CHANGES.looked)).map((change) => [change.id, change]));
  const scores = textIndex([...found.values()].map(({ id, request }) => [id, [{ words: wordsOf(request), weight: 1 }]])).search(weights);
  const alike = await meaning(() => [...found.values()].map(({ id, request }) => [id, request] as const));
  return worthwhile(best(joined(scores, alike), CHANGES.given)).flatMap((id) => found.get(id) ?? []);
}
const worthwhile = (ranked: readonly (readonly [string, number])[]): readonly string[] =>
  ranked.filter(([, score]) => score >= WORTH * (ranked[0]?.[1] ?? 0)).map(([key]) => key);

const changePiece = ({ id, request, outcome, why, at, files }: EarlierChange): Found => ({
  source: `change/${id}`,
  why: outcome === 'live' ? 'an earlier change of the same kind' : 'an earlier change of the same kind, which was taken back',
  text: `${at}, ${outcome}${why === '' ? '' : ` (${why})`}: ${request}\nwrote ${files.join(', ') || 'nothing'}`,
});

async function livePieces(live: LiveRows | undefined, named: readonly string[]): Promise<readonly Found[]> {
  if (live === undefined) return [];
  const entities = named.filter((key) => key.startsWith('entity/')).map((key) => key.slice('entity/'.length));
  const found = await Promise.all(entities.slice(0, LIVE.entities).map(async (entity) => ({ entity, now: await live(entity, LIVE.rows) })));
  return found.flatMap(({ entity, now }) =>
    now === null
      ? []
      : [{ source: `rows/${entity}`, why: `${entity} is in scope`, text: [`${entity}: ${now.count} rows now`, ...now.rows].join('\n') }],
  );
}
