/** What a wish is about, in the words of the system: an entity, and the way in which its rows are read. Every word has a part, or it is not read. */
import type { EntityContract, Field, PermanentId } from '#kernel';
import { type SystemModel, words } from '#model';
import type { Question } from '#ports';
import { rootOf } from '#settings';
import type { Subject } from './wish.ts';

type Sorted = { readonly field: PermanentId; readonly descending: boolean };

const SEARCH = /^(?:searching|search|searches|finding|find|looking up|look up|the search|a search)(?: for| in| of| through)? /;
const LIST =
  /^(?:listing|list|lists of|the lists? of|showing|show|loading|load|reading|read|opening|open|displaying|display|fetching|fetch|getting|get|seeing|see|looking at|look at|viewing|view|filtering|filter|the page (?:of|with)|queries of|queries for) /;
const SORT = /^(?:sorting|sort|ordering) /;
const ONE = /^(?:listing |reading |showing |opening |getting |loading )?(?:1|a single|one|single) /;
/** What people call the place where rows are read: it says nothing of how. */
const PLACE = /^(?:lists?|pages?|overview|table|screen|search(?:es)?|quer(?:y|ies))(?: |$)/;
const ARTICLES = new Set(['the', 'our', 'my', 'all', 'many', 'long', 'some', 'these', 'those']);
const FIRST =
  '(?: (newest|latest|largest|highest|biggest|greatest|most recent|oldest|earliest|smallest|lowest|cheapest) first| (descending|ascending))?';
const DOWN = /newest|latest|largest|highest|biggest|greatest|most recent|descending/;

export const spoken = (name: string): string => words(name).join(' ');

export function subjectIn(text: string, model: SystemModel): Subject | undefined {
  const said = text.trim();
  const view = viewIn(said, model);
  if (view !== undefined) return view;
  const sorts = SORT.test(said);
  const one = ONE.test(said);
  const rest = one ? said.replace(ONE, '') : said.replace(SEARCH, '').replace(LIST, '').replace(SORT, '');
  const found = entityIn(rest, model);
  if (found === undefined) return undefined;
  const { entity, before } = found;
  const searches = SEARCH.test(said) || /^search(?:es)?\b/.test(found.after);
  const after = found.after.replace(PLACE, '');
  const filters = filtersBefore(before, entity);
  const clauses = clausesAfter(after, entity, sorts);
  if (filters === undefined || clauses === undefined) return undefined;
  if (one)
    return filters.length + clauses.filter.length + clauses.sort.length > 0
      ? undefined
      : { entity, question: { kind: 'get', entity: entity.id } };
  const filter = [...new Set([...filters, ...clauses.filter])];
  if (searches && filter.length === 0 && clauses.sort.every(({ field }) => isText(entity, field)))
    return { entity, question: { kind: 'search', entity: entity.id } };
  if (filter.length + clauses.sort.length === 0) return { entity };
  return { entity, question: { kind: 'list', entity: entity.id, filter, sort: clauses.sort } };
}

/** Any entity that is named, whatever stands around it. */
export const mentionedEntity = (text: string, model: SystemModel): EntityContract | undefined => entityIn(text, model)?.entity;

/** `placing orders` is the operation placeOrder. */
export function operationIn(text: string, model: SystemModel): string | undefined {
  const roots = new Set(text.split(' ').map(rootOf));
  return model.operations.find(({ name }) => words(name).every((word) => roots.has(rootOf(word))))?.name;
}

function viewIn(text: string, model: SystemModel): Subject | undefined {
  const said = text
    .replace(LIST, '')
    .replace(/^(?:the )?(?:view )?/, '')
    .replace(/ view$/, '');
  for (const view of model.views) {
    const entity = model.entities.find(({ id }) => id === view.from);
    const names = [spoken(view.name), spoken(view.title)];
    if (entity !== undefined && names.includes(said) && (/\bview\b/.test(text) || said !== spoken(entity.plural)))
      return { entity, question: { kind: 'view', entity: entity.id, view: view.id } };
  }
  return undefined;
}

interface Around {
  readonly entity: EntityContract;
  readonly before: string;
  readonly after: string;
}
/** The entity that is named first; of two that begin alike the longer name. */
function entityIn(text: string, model: SystemModel): Around | undefined {
  const padded = ` ${text} `;
  const found = model.entities
    .flatMap((entity) =>
      [...new Set([spoken(entity.plural), spoken(entity.name)])].map((name) => ({ entity, name, at: padded.indexOf(` ${name} `) })),
    )
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at || other.name.length - one.name.length)[0];
  if (found === undefined) return undefined;
  return { entity: found.entity, before: padded.slice(0, found.at).trim(), after: padded.slice(found.at + found.name.length + 1).trim() };
}

/** "open orders", "unpaid invoices": a choice or a yes/no that stands before the name. */
function filtersBefore(text: string, entity: EntityContract): readonly PermanentId[] | undefined {
  const filters: PermanentId[] = [];
  let rest = text;
  while (rest !== '') {
    const article = [...ARTICLES].find((word) => rest === word || rest.startsWith(`${word} `));
    const named = article === undefined ? stateIn(rest, entity) : undefined;
    const length = article?.length ?? named?.length;
    if (length === undefined) return undefined;
    if (named !== undefined) filters.push(named.field);
    rest = rest.slice(length).trim();
  }
  return filters;
}
function stateIn(text: string, entity: EntityContract): { readonly field: PermanentId; readonly length: number } | undefined {
  const begins = (name: string): number | undefined => (`${text} `.startsWith(`${name} `) ? name.length : undefined);
  for (const { id, name, type } of entity.fields) {
    const names =
      type.kind === 'choice'
        ? type.choices.map((choice) => spoken(choice.name))
        : type.kind === 'boolean'
          ? [spoken(name), `un${spoken(name)}`, `not ${spoken(name)}`]
          : [];
    for (const each of names) {
      const length = begins(each);
      if (length !== undefined) return { field: id, length };
    }
  }
  return undefined;
}

/** "by customer", "of one customer", "sorted by placed on, latest first". */
function clausesAfter(
  text: string,
  entity: EntityContract,
  sorting: boolean,
): { readonly filter: readonly PermanentId[]; readonly sort: readonly Sorted[] } | undefined {
  const filter: PermanentId[] = [];
  const sort: Sorted[] = [];
  const names = [...entity.fields]
    .map((field) => ({ field, name: spoken(field.name) }))
    .sort((one, other) => other.name.length - one.name.length);
  let rest = text;
  while (rest !== '') {
    let read = false;
    for (const { field, name } of names) {
      const match = new RegExp(
        `^(?:and )?(sorted by|ordered by|in (?:the )?order of|by|of|for|with|per|in|from)(?: (?:the|a|an|1|one|their|its|each|his|her|single))* ${name}s?(?= |$)${FIRST}`,
      ).exec(rest);
      if (match === null) continue;
      const [whole, lead = '', first, direction] = match;
      const order = first ?? direction;
      const sorted = sorting || /sorted|order/.test(lead) || order !== undefined || !isState(field);
      if (sorted) sort.push({ field: field.id, descending: order === undefined ? isTime(field) : DOWN.test(order) });
      else filter.push(field.id);
      rest = rest.slice(whole.length).trim();
      read = true;
      break;
    }
    if (!read) return undefined;
  }
  return { filter, sort };
}

/** What rows are looked up by, rather than put in order by. */
const isState = ({ type }: Field): boolean => type.kind === 'reference' || type.kind === 'choice' || type.kind === 'boolean';
/** What is asked for from the latest or the largest, where nothing is said. */
const isTime = ({ type }: Field): boolean => ['date', 'instant', 'money'].includes(type.kind);
const isText = (entity: EntityContract, id: PermanentId): boolean =>
  ['text', 'email', 'url'].includes(entity.fields.find((field) => field.id === id)?.type.kind ?? '');

/** A read in words that are read to exactly the same. */
export function questionWords(question: Question | undefined, entity: EntityContract, model: SystemModel): string {
  const many = spoken(entity.plural);
  if (question === undefined) return `listing ${many}`;
  switch (question.kind) {
    case 'search':
      return `searching ${many}`;
    case 'get':
      return `reading one ${spoken(entity.name)}`;
    case 'view':
      return `the view ${spoken(model.views.find(({ id }) => id === question.view)?.name ?? '')}`;
    case 'list': {
      const name = (id: PermanentId): string => spoken(entity.fields.find((field) => field.id === id)?.name ?? '');
      const filters = question.filter.map((id, at) => `${at === 0 ? ' by' : ' and by'} ${name(id)}`).join('');
      const sorts = question.sort
        .map(({ field, descending }) => ` sorted by ${name(field)} ${descending ? 'descending' : 'ascending'}`)
        .join('');
      return `listing ${many}${filters}${sorts}`;
    }
  }
}
