/**
 * A request for a setting, in people's words. What is read is said back in words that are read to exactly the same; where the
 * request holds a word that has no part in it, the reading is not sure, and whoever acts on it asks first.
 */
import { canonicalJson, type Json, type Settings } from '#kernel';
import { strategyPoints, type SystemModel, type SystemReading } from '#model';
import { plainWords } from './plain-words.ts';
import { approvals } from './topics/approvals.ts';
import { basis } from './topics/basis.ts';
import { budgets } from './topics/budgets.ts';
import { limits } from './topics/limits.ts';
import { roles } from './topics/roles.ts';
import { steering } from './topics/steering.ts';
import { labels, strategyIn } from './strategies.ts';
import type { Asked, Edit, KnownPoint, Topic, Wish } from './wish.ts';

export type SettingsReading =
  | { readonly kind: 'none' }
  /** Asked for what is in force, or cannot be: `why` says it. */
  | { readonly kind: 'already'; readonly of: 'policy' | 'strategy'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string }
  | {
      readonly kind: 'wish';
      readonly of: 'policy' | 'strategy';
      readonly edits: readonly Edit[];
      readonly sentence: string;
      /** Every word of the request has a part in what was read. */
      readonly sure: boolean;
      readonly point?: KnownPoint;
    };
const topics: readonly Topic[] = [budgets, limits, approvals, steering, roles, basis];

/** The points of a system, each with what its component says of itself. */
export function pointsOf(reading: Extract<SystemReading, { ok: true }>): readonly KnownPoint[] {
  const heads = new Map(reading.components.map((component) => [`${component.kind}/${component.name}`, component.head.what]));
  return strategyPoints(
    reading.settings,
    reading.components.map((component) => component.contract),
  ).map((point) => ({ ...point, what: heads.get(point.component) ?? '' }));
}

export function readWish(text: string, model: SystemModel, points: readonly KnownPoint[]): SettingsReading {
  const plain = plainWords(text);
  const { settings } = model;
  const asked: Asked = { plain, settings, points, roles: rolesIn(plain, settings), ofThings: speaksOfThings(plain, model) };
  const wish = firstOf(topics, asked);
  if (wish !== undefined) return judged(wish, plain, settings);
  const found = strategyIn(plain, points);
  if (found === undefined) return { kind: 'none' };
  const { point, strategy } = found;
  const meaning = point.strategies.find((each) => each.name === strategy)?.meaning ?? '';
  // Little that speaks for what is in force already may as well speak of something else.
  if (point.chosen === strategy && !found.named && found.weight < 5) return { kind: 'none' };
  if (point.chosen === strategy)
    return {
      kind: 'already',
      of: 'strategy',
      why: `${point.component} goes by ${strategy} at the point ${point.name} already: ${meaning}`,
    };
  return {
    kind: 'wish',
    of: 'strategy',
    edits: [{ path: ['strategies', `${point.component}#${point.name}`], value: strategy, was: point.chosen }],
    sentence: strategySentence(point, strategy),
    sure: found.named && nothingElse(plain, settings, strategyWords(point, strategy)),
    point,
  };
}
export const strategySentence = (point: KnownPoint, strategy: string): string =>
  `Use the strategy ${strategy} for the ${labels(point.name)} of ${labels(point.component.split('/')[1] ?? '')}.`;

const firstOf = (all: readonly Topic[], asked: Asked): Wish | undefined => {
  for (const topic of all) {
    const wish = topic(asked);
    if (wish !== undefined) return wish;
  }
  return undefined;
};

function judged(wish: Wish, plain: string, settings: Settings): SettingsReading {
  if (wish.kind === 'refused') return { kind: 'refused', why: wish.why };
  const edits = wish.edits.filter(({ value, was }) => value === undefined || canonicalJson(value) !== canonicalJson(was));
  if (edits.length === 0) return { kind: 'already', of: wish.of, why: `${wish.sentence}: that is in force already.` };
  return { kind: 'wish', of: wish.of, edits, sentence: `${wish.sentence}.`, sure: nothingElse(plain, settings, new Set()) };
}

const rolesIn = (plain: string, settings: Settings): readonly string[] =>
  settings.roles
    .map(({ name }) => ({ name, at: plain.search(new RegExp(`\\b${labels(name)}s?\\b`)) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)
    .map(({ name }) => name);

function speaksOfThings(plain: string, model: SystemModel): boolean {
  const names = model.entities.flatMap((entity) => [entity.name, entity.plural]).map(labels);
  return names.some((name) => new RegExp(`\\b${name}\\b`).test(plain));
}

/** Words that a request for a setting is made of. Whatever else it holds is something that was not read. */
const WORDS = new Set(
  `a an the of to in on at by for from with and or as is are be must may can should shall has have need needs needed not neither nor nothing no longer any rights access more only nobody but everybody everyone anyone
  please i we want would like let us make sure that it this them they role roles that who which called named new add remove delete drop
  read write edit see sensitive values value rows data everything anything all every each caller callers one client user users
  ask asks asked request requests requested change changes approve approves approved approval approvals people person persons roll back take freeze
  risk high medium low live go goes without itself themselves automatically before switch off turn gate gates pass proof proven mutation replay examples properties security workflow
  make makes most limit limits set number calls call second minute failed sign ins signins sign-ins alterations through control interface
  quarantine quarantined component components after strike strikes hold newest isolation hosts host preferred required private
  change day month cost costs spend use uses usd dollars tokens models model budget . ? own now from now on least than allowed able per first when their`.split(
    /\s+/,
  ),
);
function nothingElse(plain: string, settings: Settings, more: ReadonlySet<string>): boolean {
  const roles = new Set(
    settings.roles.flatMap(({ name }) =>
      labels(name)
        .split(' ')
        .flatMap((word) => [word, `${word}s`]),
    ),
  );
  const added = /\brole (?:called |named )?([a-z]+)\b/.exec(plain)?.[1];
  return plain
    .split(' ')
    .every(
      (word) =>
        WORDS.has(word) ||
        roles.has(word) ||
        more.has(word) ||
        word === added ||
        /^[\d.]+$/.test(word) ||
        /^[a-z0-9.-]+[.:][a-z0-9:]+$/.test(word),
    );
}
function strategyWords(point: KnownPoint, strategy: string): ReadonlySet<string> {
  const named = labels(`${point.component.split('/')[1] ?? ''} ${point.name}`).split(' ');
  const about = point.what.toLowerCase().split(/[^a-z]+/);
  return new Set([
    'strategy',
    'choose',
    'allocation',
    ...strategy.split('-'),
    ...named.flatMap((word) => [word, `${word}s`]),
    ...about,
    ...named.map(plural),
  ]);
}
const plural = (word: string): string => word.replace(/e$/, 'ion');

export const valueOf = (value: Json | undefined): string =>
  value === undefined || value === null
    ? 'none'
    : Array.isArray(value)
      ? value.length === 0
        ? 'nobody'
        : value.join(', ')
      : typeof value === 'object'
        ? Object.entries(value)
            .map(([key, each]) => `${key} ${each === true ? 'yes' : each === false ? 'no' : String(each)}`)
            .join(', ')
        : String(value);
