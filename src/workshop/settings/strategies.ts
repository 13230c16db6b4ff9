/**
 * Which strategy a request speaks of: by its name, or by what tells it from the other strategies of its point. What a request
 * denies ("not ...", "without ...", "instead of ...") speaks against a strategy that says it, and for one that denies it too.
 */
import type { KnownPoint } from './wish.ts';

export interface StrategyFound {
  readonly point: KnownPoint;
  readonly strategy: string;
  /** How much speaks for it. */
  readonly weight: number;
  /** Its own name was said, and no other point has one of that name. */
  readonly named: boolean;
}

const EMPTY = new Set(
  `a an the of to in on at by for from with and or as is are be been was were will would should must may can could has have had do does that this these those it its them they their
  who whom whoever which what when while where there if then than so such i we you us our my me your he she his her please want wants like get gets got let make made use used one
  two ones each every any all some other others others' way ways strategy strategies now just also too only first very more again up out off over under into per about
  no not never without instead rather longer nor neither count counts`.split(/\s+/),
);
const ALIKE: readonly (readonly string[])[] = [
  ['larg', 'big', 'great', 'most', 'high', 'max', 'maximum'],
  ['small', 'little', 'least', 'low', 'min', 'minimum', 'few'],
  ['sum', 'add', 'total', 'together', 'combin', 'accumulat', 'cumulat', 'stack', 'both'],
  ['begin', 'start', 'restart', 'reset', 'anew', 'fresh'],
  ['continu', 'run', 'consecutiv', 'ongo'],
  ['year', 'yearli', 'annual', 'annuall', 'january'],
  ['serv', 'suppl'],
  ['allocat', 'alloc', 'shar', 'distribut'],
  ['earli', 'before', 'queue'],
  ['come', 'came', 'arriv', 'wrote'],
  ['invoic', 'bill'],
  ['quot', 'offer'],
  ['discount', 'rebat', 'reduction'],
  ['number', 'seri', 'number'],
  ['cheap', 'pric'],
  ['old', 'fifo'],
  ['new', 'recent', 'lifo'],
  ['averag', 'mean'],
];
const groups = new Map(ALIKE.flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)));

/** What is left of a word without its endings: "orders", "ordering" and "order" have one root. */
export const rootOf = (word: string): string =>
  word
    .replace(/'s$|'$/, '')
    .replace(/ies$/, 'y')
    .replace(/(?<!s)s$/, '')
    .replace(/(?:ing|ed|ly|ions?)$/, (ending, at: number) => (at >= 3 ? '' : ending))
    .replace(/(?:iest|ier)$/, 'y')
    .replace(/(?:est|er)$/, (ending, at: number) => (at >= 3 ? '' : ending))
    .replace(/([b-df-hj-np-tv-z])\1$/, '$1')
    .replace(/uou$/, 'u')
    .replace(/y$/, 'i')
    .replace(/e$/, '');
/** One root for words that are alike. */
function stemOf(word: string): string {
  const root = rootOf(word);
  return groups.get(root) ?? groups.get(word) ?? root;
}
const content = (text: string): readonly string[] =>
  text
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !EMPTY.has(word))
    .map(stemOf);

interface Parted {
  readonly said: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
}
const DENIALS = /\b(?:not|never|without|instead of|rather than|no longer|no more|stop|nobody)\b/;
/** What a text says, and what it denies: up to the end of the clause. */
function parted(text: string): Parted {
  const said: string[] = [];
  const denied: string[] = [];
  for (const clause of text
    .toLowerCase()
    .replaceAll('-', ' ')
    .split(/[.;,:?]| but | and /)) {
    const at = DENIALS.exec(clause);
    said.push(...content(at === null ? clause : clause.slice(0, at.index)));
    if (at !== null) denied.push(...content(clause.slice(at.index + at[0].length)));
  }
  return { said: new Set(said), denied: new Set(denied) };
}
const both = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => [...one].filter((each) => other.has(each)).length;

/** Words with which somebody chooses; without them the name of a strategy is a word like others. */
const CHOOSES = /\b(?:use|using|choose|pick|take|strategy|switch|apply|go by|change to|combine)\b/;

export function strategyIn(plain: string, points: readonly KnownPoint[]): StrategyFound | undefined {
  const exact = /^use the strategy (.+) for the (.+) of (.+?)(?: \.)?$/.exec(plain);
  const meant = points.find((point) => labels(point.component.split('/')[1] ?? '') === exact?.[3] && words(point.name) === exact?.[2]);
  const way = meant?.strategies.find(({ name }) => words(name) === exact?.[1]);
  if (meant !== undefined && way !== undefined) return { point: meant, strategy: way.name, named: true, weight: 9 };
  const request = parted(plain);
  const whole = new Set([...request.said, ...request.denied]);
  const affirmed = ` ${plain.split(DENIALS)[0] ?? ''} `;
  const chooses = CHOOSES.test(plain);
  const found = points.flatMap((point) => {
    const ways = point.strategies.map((strategy) => ({ ...strategy, words: parted(`${strategy.name}. ${strategy.meaning}`) }));
    const own = (way: (typeof ways)[number], part: keyof Parted): ReadonlySet<string> =>
      new Set([...way.words[part]].filter((word) => !ways.every((other) => other.words[part].has(word))));
    const inWays = new Set(ways.flatMap((way) => [...way.words.said, ...way.words.denied]));
    const label = content(labels(`${point.component.split('/')[1] ?? ''}`));
    const about = new Set([
      ...label,
      ...content(point.what.toLowerCase()).filter((word) => !inWays.has(word) || ways.every((way) => way.words.said.has(word))),
    ]);
    const context = both(whole, about);
    const scored = ways.map((way) => {
      const named = chooses && affirmed.includes(` ${way.name.replaceAll('-', ' ')} `);
      const score =
        both(request.said, own(way, 'said')) -
        both(request.denied, own(way, 'said')) +
        both(request.denied, own(way, 'denied')) +
        (named ? 2 : 0);
      return { strategy: way.name, named, score, denied: both(request.denied, own(way, 'said')) > 0 };
    });
    const [best, second] = scored.sort((one, other) => other.score - one.score);
    if (best === undefined || best.score < 1 || best.score === second?.score) return [];
    const contrast = scored.some((way) => way !== best && way.denied) ? 1 : 0;
    const explained = [...whole].filter((word) => inWays.has(word) || about.has(word)).length / whole.size;
    return [{ ...best, explained, point, context, weight: best.score - Math.max(-2, second?.score ?? 0) + context + contrast }];
  });
  const named = found.filter(
    (each) =>
      each.named &&
      !found.some((other) => other.named && other !== each && other.strategy.includes(each.strategy) && other.strategy !== each.strategy),
  );
  // One word in common is chance: the strategy and what it is about must both be spoken of.
  const likely =
    named.length === 1 && /\bstrategy\b/.test(plain)
      ? named
      : found.filter((each) => each.context > 0 && (each.weight >= 3 || (each.weight === 2 && each.explained >= 0.75)));
  const [first, second] = likely.sort((one, other) => other.weight - one.weight);
  if (first === undefined || first.weight === second?.weight) return undefined;
  return {
    point: first.point,
    strategy: first.strategy,
    weight: first.weight,
    named: named.length === 1 && named[0]?.point === first.point,
  };
}
const words = (name: string): string => name.replaceAll('-', ' ').toLowerCase();
/** The component's own words, as a person writes them. */
export const labels = (text: string): string => text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
