/**
 * The need of a request that nothing tells for sure: what was learnt leans to one, and what there is must carry it. That none is needed is said only where the
 * component, the list or the operation can be named; else it is left open. So nothing that was asked for is lost on a guess: the answer says what it leans on.
 */
import { kebab } from '#model';
import { type KnownPoint, plainWords, pointsOf, readWish, type SettingsReading } from '#settings';
import { alwaysSo } from './always.ts';
import type { Asked, Need } from './asked.ts';
import { asksToKnow, beginsWith } from './asks.ts';
import { type Composed, composed } from './composed.ts';
import { type Reading, thingsOf } from './known-things.ts';
import { type Leaning, leaningOf } from './leaning.ts';
import { type Mentions, mentionsOf } from './mentions.ts';
import { type Signs, signsOf } from './signs.ts';
import { type Standing, standingOf } from './standing.ts';
import type { Statement } from './statement.ts';
import { statementsOf } from './statements.ts';
import { isPlain } from './thesaurus.ts';

export function learntNeedOf(asked: Asked): Need {
  const looked = lookAt(asked);
  return ofLeaning(leaningOf(looked.signs), looked, asked.reading);
}
/** What is told of a request that leans so. */
export function ofLeaning(leaning: Leaning, looked: Looked, reading: Reading): Need {
  switch (leaning.verdict) {
    case 'change':
      return ofChange(leaning, looked);
    case 'none':
      return ofNone(leaning, looked, reading);
    case 'open':
      return { kind: 'undecided', why: `It cannot be told from its words alone whether something must be made${weighedOf(leaning)}.` };
  }
}

export interface Looked {
  readonly plain: string;
  readonly mentions: Mentions;
  readonly wish: SettingsReading;
  readonly answer: Composed | undefined;
  readonly standing: Standing;
  readonly signs: Signs;
}
export function lookAt({ text, reading, points = pointsOf(reading), said }: Asked): Looked {
  const plain = plainWords(text);
  const mentions = mentionsOf(text, plain, thingsOf(reading));
  const wish = readWish(text, reading.model, points);
  const answer = composed(mentions, !asksToKnow(plain));
  const standing = standingOf(mentions, statements(reading, points));
  return { plain, mentions, wish, answer, standing, signs: signsOf({ text, mentions, said, wish, answer, standing }) };
}
const known = new WeakMap<Reading, { readonly points: readonly KnownPoint[]; readonly statements: readonly Statement[] }>();
/** A system says the same as long as it is the same. */
function statements(reading: Reading, points: readonly KnownPoint[]): readonly Statement[] {
  const before = known.get(reading);
  if (before !== undefined && before.points.length === points.length) return before.statements;
  const found = statementsOf(reading, points);
  known.set(reading, { points, statements: found });
  return found;
}

const weighedOf = ({ weighed }: Leaning): string =>
  weighed.length === 0 ? '' : ` (what weighed: ${weighed.map((words) => `"${words}"`).join(', ')})`;
const ASK_AGAIN = 'Nothing was changed. If something should be otherwise, ask again and say what: a figure, a name, who, when.';

function ofChange(leaning: Leaning, { wish, mentions }: Looked): Need {
  if (wish.kind === 'wish') return { kind: wish.of === 'strategy' ? 'strategy' : 'configure', why: `A setting does it: ${wish.sentence}` };
  if (wish.kind === 'refused') return { kind: 'configure', why: wish.why };
  const unknown = mentions.unknown.length === 0 ? '' : `: ${mentions.unknown.slice(0, 4).join(', ')}`;
  return { kind: 'code', why: `Nothing of the system does it yet${unknown}${weighedOf(leaning)}.` };
}

const ended = (says: string): string => (/[.!?]$/.test(says) ? says : `${says}.`);
/** How much of a request what is there must speak of, to be told as what does it. */
const ENOUGH = 0.25;
/** Short of these margins one in five that is told so was no such request, of those that were learnt from; from them on, fewer than one in ten. */
const SURELY = { nothing: -400, compose: -300 } as const;
/** Of one that has more words which nobody knows than others. */
const HALF = 0.5;
/** Of a request that begins with what only a change does, all of it. */
const WHOLE = 0.99;
const CHANGES: ReadonlySet<string | undefined> = new Set([
  'add',
  'create',
  'make',
  'track',
  'record',
  'rename',
  'remove',
  'drop',
  'delete',
  'introduce',
]);
function ofNone(leaning: Leaning, { plain, mentions, wish, answer, standing }: Looked, reading: Reading): Need {
  const asksForRows = leaning.need === 'compose';
  const surely = leaning.margin <= SURELY[asksForRows ? 'compose' : 'nothing'];
  const seems = surely ? {} : ({ seems: true } as const);
  if (!asksForRows && CHANGES.has(beginsWith(plain)) && (mentions.unknown.length > 0 || standing.share < WHOLE))
    return { kind: 'undecided', why: `It asks for a change, and what of it is there already cannot be told${weighedOf(leaning)}.` };
  // Another language, or another subject: words alone say nothing of it.
  const understood = mentions.known.length > 0 || mentions.unknown.length <= 1;
  if (!understood && !(asksForRows && surely && isEnglish(plain)))
    return { kind: 'undecided', why: 'It names nothing that the system has.' };
  const foreign = mentions.unknown.length > mentions.known.length;
  if (asksForRows && foreign && mentions.names.length === 0 && !surely)
    return { kind: 'undecided', why: `Nothing of the system is called so: ${mentions.unknown.slice(0, 4).join(', ')}.` };
  if (asksForRows) {
    const how =
      answer?.how ?? (mentions.names.length > 0 ? searchFor(mentions.names, reading) : surely ? listFor(mentions, reading) : undefined);
    if (how !== undefined) return { kind: 'compose', how, why: `What there is does it: ${how}`, ...seems };
    return { kind: 'undecided', why: 'It seems to ask for rows that are there, and no list, view or operation can be named for it.' };
  }
  if (standing.byItself && standing.best?.kind === 'operation')
    return { kind: 'undecided', why: 'It asks that something happens by itself, and what there is happens when somebody does it.' };
  const so = wish.kind === 'already' ? wish.why : alwaysSo(plain);
  if (so !== undefined) return { kind: 'nothing', refused: false, why: `${so} ${ASK_AGAIN}` };
  if (standing.best !== undefined && standing.share >= (foreign ? HALF : ENOUGH))
    return {
      kind: 'nothing',
      refused: false,
      why: `It seems to be so already, by this: ${ended(standing.best.says)} ${ASK_AGAIN}`,
      where: standing.best.where,
      ...seems,
    };
  return { kind: 'undecided', why: `It seems to be so already, and nothing of the system can be named that says so${weighedOf(leaning)}.` };
}
const isEnglish = (plain: string): boolean => plain.split(' ').filter(isPlain).length > 1;
/** Where rows of what it speaks of are listed, or where all are. */
function listFor({ things }: Mentions, { model }: Reading): string {
  const spokenOf = things.find(({ entity }) => entity !== undefined)?.entity;
  const lists = (spokenOf === undefined ? model.entities.slice(0, 5) : [spokenOf]).map(({ plural }) => `GET /api/${kebab(plural)}`);
  return `${lists.join(', ')}: a list takes filters by its fields, sort= and q=, and each row in it is changed where it stands.`;
}
function searchFor(names: readonly string[], { model }: Reading): string {
  const named =
    model.entities.find(({ title, fields }) => fields.find(({ name }) => name === title)?.type.kind === 'text') ?? model.entities[0];
  return `GET /api/${kebab(named?.plural ?? '')}?q=${names.at(-1) ?? ''} finds it; every list takes q=.`;
}
