/**
 * Whether what is wished for is in force already: a bound, a default, a formula, a transition, a rule with these very figures, a
 * job, a refusal. Each answer names the place. What is wished for with another figure, or of something unknown, is not in force.
 */
import type { Expression, Field, OperationContract } from '#kernel';
import { rootOf } from '#settings';
import type { Reading, Thing } from './known-things.ts';
import type { Mentions } from './mentions.ts';
import { alike } from './thesaurus.ts';

export interface InForce {
  readonly why: string;
  readonly where: string;
}
type Found = InForce | undefined;

export function inForce(mentions: Mentions, reading: Reading): Found {
  return (
    ofEntities(mentions) ??
    ofViews(mentions, reading) ??
    ofFields(mentions) ??
    ofTransitions(mentions, reading) ??
    ofRules(mentions, reading) ??
    ofBodies(mentions)
  );
}

/** Something is to be possible that its rows are for, with nothing said of when, for whom or how much. */
const ALLOWS =
  /^(?:please )?(?:allow|enable|let (?:us|me|them)|make it possible (?:to|that)|it (?:must|should) be possible to|we (?:have|need|want|would like) to (?:be able to )?(?:track|keep track of|record|note|store|reserve|order|quote))\b(?!.*\b(?:by|per|if|when|unless|only|not|than|more|also|too|without)\b)/;
const GENERIC = new Set(['date', 'number', 'amount', 'text', 'value', 'new']);
/** The whole of it names a thing with fields that it has. */
function ofEntities({ plain, known, unknown, all, roots }: Mentions): Found {
  if (unknown.length > 0) return undefined;
  const says = /^(?:please )?(?:we (?:want|need|would like) to )?(?:track|record|store|keep|manage|administer|save|add)\b.* with\b/.test(
    plain,
  );
  const subject =
    /^(?:an?|each|every|all|our|the) (\w+)|^(\w+)/
      .exec(plain)
      ?.slice(1)
      .find((word) => word !== undefined) ?? '';
  for (const thing of all.filter(({ kind }) => kind === 'entity')) {
    if (![...thing.words].every((word) => roots.has(word))) continue;
    const own = new Set([
      ...thing.words,
      ...all.filter((each) => each.kind === 'field' && each.entity?.id === thing.entity?.id).flatMap(({ words }) => [...words]),
    ]);
    const demands = /\b(?:must|needs?|required|mandatory|always|has to|have to|minimum|maximum|only|not|can|may)\b/.test(plain);
    const tells =
      /\b(?:has|have|shows?|displays?|carry|carries|contains?|includes?|comes? with)\b/.test(plain) &&
      !demands &&
      thing.words.has(rootOf(subject));
    const isOwn = (word: string): boolean => GENERIC.has(word) || [...alike(word)].some((root) => own.has(root));
    const ofIt = known.filter((word) => ![...alike(word)].some((root) => thing.words.has(root)) && !GENERIC.has(word));
    if ((says || tells || ALLOWS.test(plain)) && ofIt.length > 0 && known.length > 1 && known.every(isOwn))
      return { why: `There are ${thing.name} rows with these fields already.`, where: thing.where };
    const choices = all.filter((each) => each.kind === 'choice' && each.entity?.id === thing.entity?.id);
    const rest = known.filter((word) => ![...alike(word)].some((root) => thing.words.has(root)));
    if (
      /\b(?:be|is|are|has|have)\b/.test(plain) &&
      / or /.test(plain) &&
      rest.length > 1 &&
      rest.every((word) => choices.some(({ name }) => name === word))
    )
      return { why: `These are its choices already.`, where: thing.where };
  }
  return undefined;
}

/** A list, page or figure that is wished for, and that a view shows. */
function ofViews({ plain, known, unknown, all, numbers }: Mentions, { model }: Reading): Found {
  if (unknown.length > 0 || known.length < 2 || /\b(?:chart|graph|diagram)\b/.test(plain)) return undefined;
  for (const thing of all.filter(({ kind }) => kind === 'view')) {
    const bare = new Set(thing.entity === undefined ? [] : [rootOf(thing.entity.name), rootOf(thing.entity.plural)]);
    const covered = known.every((word) => [...alike(word)].some((root) => thing.text.has(root) || thing.words.has(root)));
    const telling = known.some((word) =>
      [...alike(word)].some((root) => (thing.text.has(root) || thing.words.has(root)) && !bare.has(root)),
    );
    if (/\b(?:per|by|each|every)\b/.test(plain) && !thing.words.has(rootOf('by'))) continue;
    const without = (thing.words.has('without') || thing.text.has('no')) === /\b(?:without|no|not|lack\w*|missing)\b/.test(plain);
    const figures = new Set<string>();
    const view = model.views.find(({ name }) => name === thing.name);
    constants(view?.where, figures);
    if (view?.limit !== undefined) figures.add(String(view.limit));
    if (!numbers.every((number) => number === '1' || figures.has(number))) continue;
    if (covered && telling && without && /\b(?:show|list|page|view|report|number|figure|overview|see|display)\b/.test(plain))
      return { why: `The view ${thing.name} shows that: ${thing.says}`, where: thing.where };
  }
  return undefined;
}

function ofFields(mentions: Mentions): Found {
  if (mentions.unknown.length > 1) return undefined;
  const entities = mentions.things.filter(({ kind }) => kind === 'entity').map(({ name }) => name);
  const fields = mentions.things.filter(({ kind }) => kind === 'field' || kind === 'choice');
  const owned = fields.filter((thing) => thing.entity !== undefined && entities.includes(thing.entity.name));
  for (const thing of owned.length > 0 ? owned : single(fields)) {
    if (thing.field === undefined) continue;
    const why = ofField(thing.field, mentions);
    if (why !== undefined) return { why: `${thing.says} ${why}`, where: `entity/${thing.entity?.name ?? ''}` };
  }
  return undefined;
}
/** A field named without its thing: only one of that name is meant by it. */
const single = (fields: readonly Thing[]): readonly Thing[] =>
  fields.filter((thing) => fields.filter((other) => other.name === thing.name).length === 1);

const UNDER = /\b(?:below|under|less than|lower than|smaller than|negative|minus|beneath|at least|fewer than)\b/;
const OVER = /\b(?:above|over|more than|exceed\w*|at most|higher than|greater than)\b/;
function ofField(field: Field, { plain, numbers, roots }: Mentions): string | undefined {
  const { type } = field;
  const denied = /\b(?:not|never|nobody|no|nothing|cannot|forbid\w*|prevent\w*|refuse\w*|impossible)\b/.test(plain);
  const figure = numbers[0] ?? (/\bnegative|\bminus\b/.test(plain) ? '0' : undefined);
  const bound = (which: 'min' | 'max'): string | undefined => {
    const value = which in type ? (type as { readonly min?: unknown; readonly max?: unknown })[which] : undefined;
    return value === undefined ? undefined : String(Number(value));
  };
  if (/\bnegative|\bminus\b/.test(plain) && denied && bound('min') === '0') return 'is never below 0: that bound is in force.';
  if (UNDER.test(plain) && (denied || /\bat least\b/.test(plain)) && figure !== undefined && bound('min') === figure)
    return `is never below ${figure}: that bound is in force.`;
  if (denied && !OVER.test(plain) && !UNDER.test(plain) && figure !== undefined && Number(figure) < Number(bound('min') ?? Number.NaN))
    return `is at least ${bound('min') ?? ''}: that bound is in force.`;
  if (OVER.test(plain) && (denied || /\bat most\b/.test(plain)) && figure !== undefined && bound('max') === figure)
    return `is never over ${figure}: that bound is in force.`;
  if (
    field.unique &&
    /\b(?:unique|2 times|duplicat\w*|doubl\w*|only once|more than once|no 2|same \w+ (?:again|2 times)|different)\b|\bsame\b/.test(plain)
  )
    return 'is unique already.';
  if (
    field.required &&
    numbers.length === 0 &&
    /\b(?:required|mandatory|compulsory|without|forget\w*|missing|empty|blank|left out|always)\b/.test(plain)
  )
    return 'is required already.';
  const fallback = field.default !== undefined && 'literal' in field.default ? field.default.literal : undefined;
  if (
    fallback !== undefined &&
    /\b(?:default|start\w*|begin\w*|initial\w*|at first|to begin with|unless|otherwise|new \w+ (?:is|are|gets?|be|should be)|once (?:placed|created|made))\b/.test(
      plain,
    )
  ) {
    const word =
      typeof fallback === 'string' ? fallback : fallback === false ? `un${field.name}` : fallback === true ? field.name : String(fallback);
    if (roots.has(rootOf(word)) || numbers.includes(word) || (fallback === false && plain.includes(word)))
      return `begins as ${word} already.`;
  }
  if (
    field.derived !== undefined &&
    /\b(?:comput\w*|calculat\w*|automatic\w*|itself|update\w*|recalculat\w*|adds? up|added up|sum|follow\w*|work(?:s|ed)? out)\b/.test(
      plain,
    )
  )
    return 'is calculated already, and follows what it is made of.';
  return undefined;
}

/** When something is to be done, unasked: no transition and no operation says that of itself. */
const UNASKED =
  /\b(?:(?:every|each) (?:morning|evening|night|noon|midnight|hour|day|week|month|quarter|year)|daily|weekly|monthly|yearly|hourly|nightly|older than|by themselves|after (?:an?|\d+|some) (?:hour|day|week|month|year)s?)\b/;
function ofTransitions(mentions: Mentions, { model }: Reading): Found {
  const { plain, roots } = mentions;
  if (mentions.numbers.length > 0 || UNASKED.test(plain)) return undefined;
  for (const operation of model.operations) {
    const entity = model.entities.find(({ id }) => id === operation.on);
    const { transition } = operation;
    const verb = rootOf(/^[a-z]+/.exec(operation.name)?.[0] ?? '');
    if (entity === undefined || transition === undefined || !roots.has(verb) || ![...alike(entity.name)].some((word) => roots.has(word)))
      continue;
    const field = entity.fields.find(({ id }) => id === transition.field);
    if (field?.type.kind !== 'choice') continue;
    const named = field.type.choices.filter(({ name, id }) => id !== transition.to && new RegExp(`\\b${name}\\b`).test(plain));
    const from = named.filter(({ id }) => transition.from.includes(id));
    const other = named.filter(({ id }) => !transition.from.includes(id));
    const denied = /\b(?:not|never|nobody|no longer|cannot)\b/.test(plain);
    const holds = (from.length > 0 && other.length === 0 && !denied) || (other.length > 0 && from.length === 0 && denied);
    if (holds)
      return {
        why: `${operation.name} is possible from ${transition.from.map((id) => nameOf(field, id)).join(', ')} alone, already.`,
        where: at(operation),
      };
  }
  return undefined;
}
const nameOf = (field: Field, id: string): string =>
  field.type.kind === 'choice' ? (field.type.choices.find((choice) => choice.id === id)?.name ?? '') : '';
const at = (operation: OperationContract): string => `${operation.http.method} ${operation.http.path}`;

function ofRules(mentions: Mentions, { model }: Reading): Found {
  for (const rule of model.rules) {
    const entity = model.entities.find(({ id }) => id === rule.on);
    if (entity === undefined || mentions.numbers.length === 0 || mentions.unknown.length > 1) continue;
    if (![...alike(entity.name)].some((word) => mentions.roots.has(word))) continue;
    const figures = new Set<string>();
    const parts = rule.form === 'decision' ? [rule.decide] : rule.form === 'approval' ? [rule.when] : [rule.rows];
    parts.forEach((part) => constants(part, figures));
    const about =
      rule.form === 'approval'
        ? /\b(?:approv\w*|sign\w*|agree\w*|confirm\w*|ok|look\w*|permission)\b/
        : /\b(?:discount|rebate|percent|off|cheaper|reduction|less)\b/;
    if (!about.test(mentions.plain) || !mentions.numbers.every((number) => figures.has(number))) continue;
    const others =
      rule.form === 'approval'
        ? model.settings.roles.filter(({ name }) => name !== rule.role && new RegExp(`\\b${name}s?\\b`).test(mentions.plain))
        : [];
    const choices = mentions.things
      .filter(({ kind }) => kind === 'choice')
      .map(({ name, field }) => field?.type.kind === 'choice' && field.type.choices.find((choice) => choice.name === name)?.id);
    if (others.length === 0 && choices.every((id) => id !== false && (id === undefined || figures.has(id))))
      return { why: `The rule ${rule.name} says so already, with these figures.`, where: `rule/${rule.name}` };
  }
  return undefined;
}
function constants(value: unknown, into: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Partial<Expression>;
  if (node.node === 'constant') {
    const { value: constant, type } = node as Extract<Expression, { node: 'constant' }>;
    if (typeof constant === 'number') {
      const number = constant / 10 ** (type.kind === 'number' ? type.scale : 0);
      into.add(String(number));
      // A percentage stands in a rule as its hundredth.
      if (type.kind === 'number' && !type.money && type.scale > 0) into.add(String(Number((number * 100).toFixed(6))));
    } else if (constant !== null) into.add(String(constant));
  }
  for (const part of Object.values(value)) constants(part, into);
}

const FILLED =
  /\b(?:must|should|shall|always|never|automatic\w*|whenever|each|every|want|make sure|when|once|only|so that|by itself|nobody|cannot|not|goes|go|put|become|becomes|needs?)\b/;
/** What an operation, a job or a reaction says of itself holds all that the wish is about. */
function ofBodies(mentions: Mentions): Found {
  if (!FILLED.test(mentions.plain)) return undefined;
  const [best] = covering(mentions).sort((one, other) => other.share - one.share);
  return best === undefined ? undefined : { why: `That is what ${best.thing.name} does: ${best.thing.says}`, where: best.thing.where };
}
function covering({ known, unknown, all, plain, roots, numbers }: Mentions): { readonly thing: Thing; readonly share: number }[] {
  // What an operation refuses is in force where just that is to be refused.
  const refusal = (thing: Thing): boolean =>
    thing.kind === 'operation' &&
    /\b(?:not|never|impossible|cannot|nobody|only 1|1 \w+ only)\b/.test(plain) &&
    known.some((word) => thing.words.has(rootOf(word)));
  const acts = (thing: Thing): boolean => roots.has([...thing.words][0] ?? '');
  return all
    .filter(({ kind }) => kind === 'job' || kind === 'reaction' || (kind === 'operation' && numbers.length === 0 && !UNASKED.test(plain)))
    .map((thing) => {
      const hits = known.filter((word) => [...alike(word)].some((root) => thing.text.has(root) || thing.words.has(root)));
      return { thing, hits: hits.length, share: hits.length / (known.length + unknown.length) };
    })
    .filter(
      ({ thing, hits, share }) =>
        (acts(thing) && hits >= 2 && share > 0.65 && unknown.length === 0) ||
        (acts(thing) && hits >= 3 && share >= 0.7) ||
        (hits >= 2 && share === 1 && refusal(thing)),
    );
}
