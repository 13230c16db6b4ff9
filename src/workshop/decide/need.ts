/**
 * What a request truly needs: nothing, a setting, a strategy, what there is used right, code, or that something goes. Pure: the same
 * request of the same system gets the same answer. What cannot be told safely is `undecided`, and whoever writes code may look.
 */
import type { ViewContract } from '#kernel';
import { kebab, type SystemModel } from '#model';
import type { Understood } from '#ports';
import { readQuality } from '#quality';
import { interpret, type Request } from '#sentences';
import { plainWords, pointsOf, readWish, rootOf } from '#settings';
import { addressesIn } from './addresses.ts';
import type { Asked, Need } from './asked.ts';
import { beginsWith } from './asks.ts';
import { asQuery, composed } from './composed.ts';
import { harmOf } from './harm.ts';
import { type Reading, thingsOf } from './known-things.ts';
import { mentionsOf } from './mentions.ts';
import { sameFormula, sameView } from './same-view.ts';
import { senselessOf } from './senseless.ts';
import { learntNeedOf } from './learnt-need.ts';

export function needOf(asked: Asked): Need {
  return sureNeedOf(asked) ?? learntNeedOf(asked);
}

/** What is plain without anything learnt: understood wholly, a setting, harm, an address, what is there to the letter. */
export function sureNeedOf({ text, reading, points = pointsOf(reading), said }: Asked): Need | undefined {
  if (said.kind === 'nothing-to-do') return { kind: 'nothing', why: said.why, refused: false };
  const plain = plainWords(text);
  if (said.kind === 'understood') return ofSentences(text, plain, said, reading);
  const harm = harmOf(plain);
  if (harm !== undefined) return { kind: 'nothing', why: harm, refused: true };
  if (readQuality(text, reading.model) !== undefined)
    return { kind: 'quality', why: 'It is about how fast or how small something is: that is measured.' };
  if (said.kind === 'question') return fieldThatIsThere(text, plain, reading) ?? ofOptions(said, reading);
  const addresses = addressesIn(text, reading.model);
  if (addresses.missing.length > 0)
    return { kind: 'code', why: `It states an address that nothing answers yet: ${addresses.missing.slice(0, 4).join(', ')}.` };
  if (addresses.all.length > 0)
    return { kind: 'undecided', why: 'It states an address that is answered, and how it should be is for a closer look.' };
  if (plain.split(' ').length > MOST_WORDS) return { kind: 'undecided', why: 'It says so much that it needs a closer look.' };
  const known = VIEWS.test(plain) ? viewThatIsThere(text, reading) : undefined;
  if (known !== undefined) return known;
  const wish = readWish(text, reading.model, points);
  if (wish.kind === 'wish' && wish.of === 'policy') return { kind: 'configure', why: `A setting does it: ${wish.sentence}` };
  if (wish.kind === 'already' && wish.of === 'strategy') return { kind: 'nothing', why: wish.why, refused: false };
  const senseless = senselessOf(plain);
  if (senseless !== undefined) return { kind: 'nothing', ...senseless };
  return everyList(plain, mentionsOf(text, plain, thingsOf(reading)));
}

/** Who writes more than this tells a story, and what it comes to is not learnt. */
const MOST_WORDS = 150;
const ADDS: ReadonlySet<string | undefined> = new Set(['add', 'track', 'record', 'store', 'keep', 'note']);
/** A field is wished for, by its very name and that of its thing, and nothing else is said of it: it is there. */
function fieldThatIsThere(text: string, plain: string, reading: Reading): Need | undefined {
  if (!ADDS.has(beginsWith(plain))) return undefined;
  const { known, unknown, names, numbers, things } = mentionsOf(text, plain, thingsOf(reading));
  if (unknown.length + names.length + numbers.length > 0) return undefined;
  for (const { kind, field, entity, words } of things) {
    if (kind !== 'field' || field === undefined || entity === undefined) continue;
    const own = new Set([...words, rootOf(entity.name), rootOf(entity.plural)]);
    if (plain.split(' ').some((word) => rootOf(word) === rootOf(entity.name)) && known.every((word) => own.has(rootOf(word))))
      return {
        kind: 'nothing',
        refused: false,
        why: `There is ${field.name} in ${entity.plural} already.`,
        where: `entity/${entity.name}`,
      };
  }
  return undefined;
}

/** Every reading of it is so already, or a change is needed whichever is meant. */
function ofOptions(said: Extract<Understood, { kind: 'question' }>, { model }: Reading): Need {
  const kinds = new Set(said.options.map(({ sentence }) => interpret(sentence, model).kind));
  if (kinds.size === 1 && kinds.has('nothing-to-do'))
    return { kind: 'nothing', refused: false, why: 'However it is read, it is so already.' };
  return kinds.has('nothing-to-do')
    ? { kind: 'undecided', why: 'By one reading it is so already, by another it is not.' }
    : { kind: 'code', why: 'It asks for a change that can be read in more than one way.' };
}

/** Rows that somebody wants to have now, under no name. */
const LISTS = /^(?:please )?(?:list|name|find|give me|get me|tell me)\b(?!.*\b(?:view|page|report|called|named)\b)/;
const BARE = /^(?:which|how many|how much|what|who|whose|where|when|are there|is there|do we)\b/;
const shows = (said: Extract<Understood, { kind: 'understood' }>): readonly Request[] => {
  const plan = said.plan as unknown as { readonly steps?: readonly Request[] } | null;
  return plan?.steps ?? [];
};

function ofSentences(text: string, plain: string, said: Extract<Understood, { kind: 'understood' }>, reading: Reading): Need {
  const steps = shows(said);
  const [only] = steps;
  if (steps.length === 1 && only?.act === 'show') {
    const there = viewThatIsThere(text, reading);
    if (there !== undefined) return there;
    const query = asQuery(only, reading);
    const asks = BARE.test(plain) ? !/\b(?:show|list|display|view|page)\b/.test(plain) : LISTS.test(plain) && query !== undefined;
    if (asks) return answered(query, said, plain, reading);
  }
  if (steps.length > 0 && steps.every(({ act }) => act === 'discount')) {
    const harm = harmOf(plain);
    if (harm !== undefined) return { kind: 'nothing', why: harm, refused: true };
  }
  if (steps.length > 0 && steps.every(({ act }) => act === 'derive') && calculatedSo(text, reading))
    return { kind: 'nothing', refused: false, why: 'It is calculated so already.' };
  const goes = new Set(['stopTracking', 'removeField', 'stopShowing', 'removeChoice']);
  if (steps.length > 0 && steps.every(({ act }) => goes.has(act))) return { kind: 'delete', why: 'Something is to go that is there.' };
  return { kind: 'code', why: 'A component must be made or altered: the system has nothing that is so.' };
}

/** A question wants an answer, not a page: the list gives it. */
function answered(query: string | undefined, said: Extract<Understood, { kind: 'understood' }>, plain: string, reading: Reading): Need {
  const how = query ?? composed(mentionsOf(plain, plain, thingsOf(reading)), false)?.how;
  if (how === undefined) return { kind: 'undecided', why: 'A question that no list or view answers by itself.' };
  return { kind: 'compose', how, why: `The system answers it as it is: ${how} To keep it under a name, ask: ${said.echo.join(' ')}` };
}

/** Whether no field would have another value than it has. */
function calculatedSo(text: string, { model }: Reading): boolean {
  const meant = interpret(text, model);
  if (meant.kind !== 'understood') return false;
  return meant.model.entities.every((next) => {
    const entity = model.entities.find(({ id }) => id === next.id);
    return next.fields.every((field) => {
      const known = entity?.fields.find(({ id }) => id === field.id);
      if (entity === undefined || known === undefined) return false;
      if (known === field || field.derived === known.derived) return true;
      if (field.derived?.mode !== 'live' || known.derived?.mode !== 'live') return false;
      return sameFormula(field.derived.formula, known.derived.formula, entity);
    });
  });
}

/** Whether the columns are others than those of a view that names none. */
function namesColumns({ columns, from }: ViewContract, model: SystemModel): boolean {
  const plural = model.entities.find(({ id }) => id === from)?.plural ?? '';
  const bare = interpret(`Show ${kebab(plural).replaceAll('-', ' ')}`, { ...model, views: [] });
  const usual = bare.kind === 'understood' ? bare.model.views[0]?.columns : undefined;
  const names = (all: ViewContract['columns'] | undefined): string => (all ?? []).map(({ name }) => name).join();
  return names(usual) !== names(columns);
}

const VIEWS = /\b(?:show|list|display|which|how many|see|view|page)\b/;
/** The request read in the system without its views; what it then makes is compared with those that are there. */
function viewThatIsThere(text: string, { model }: Reading): Need | undefined {
  if (model.views.length === 0) return undefined;
  const meant = interpret(text, { ...model, views: [] });
  if (meant.kind !== 'understood' || meant.steps.length !== 1) return undefined;
  const [wanted] = meant.model.views;
  const same = wanted === undefined ? undefined : sameView(wanted, model, namesColumns(wanted, model));
  return same === undefined
    ? undefined
    : { kind: 'nothing', refused: false, why: `The view ${same.title} shows exactly that.`, where: `view/${same.name}` };
}

const ARRANGES = /\b(?:filter(?:ed)?|sort(?:ed)?|search(?:ed)?|look(?:ed)? up|arrange[ds]?)\b(?:\s\w+){0,8}? by\b/;
/** Every list is filtered, sorted and searched by each of its fields; of what it has no field for, that is not so. */
function everyList(plain: string, { things, unknown, numbers }: ReturnType<typeof mentionsOf>): Need | undefined {
  if (!ARRANGES.test(plain) || unknown.length + numbers.length > 0 || /\b(?:default|always|automatic\w*|page|view|report)\b/.test(plain))
    return undefined;
  const entity = things.find(({ kind }) => kind === 'entity')?.entity;
  const field = things.find((thing) => thing.kind === 'field' && thing.entity?.id === entity?.id)?.field;
  if (entity === undefined || field === undefined) return undefined;
  const how = `GET /api/${kebab(entity.plural)} takes ${field.name}=, ${field.name}[gt]=, sort=${field.name} or sort=-${field.name}, and q= for a search.`;
  return { kind: 'compose', how, why: `Every list does that: ${how}` };
}
