/** How to get with what there is what somebody wants to know or to do: the view, the list with its filters, the operation, the row. */
import type { Field } from '#kernel';
import { kebab } from '#model';
import type { Request } from '#sentences';
import type { Reading, Thing } from './known-things.ts';
import type { Mentions } from './mentions.ts';
import { alike } from './thesaurus.ts';

export interface Composed {
  readonly how: string;
  /** How much of what was said it answers, from 0 to 1. */
  readonly share: number;
  readonly thing: Thing;
}

/** A view that a sentence asks for, as a query on the generic list: undefined where the list cannot give it. */
export function asQuery(request: Extract<Request, { act: 'show' }>, { model }: Reading): string | undefined {
  const entity = model.entities.find(({ name }) => name === request.entity);
  if (entity === undefined || request.by !== undefined || request.figure === 'sum') return undefined;
  const filters = request.where.map((condition): readonly string[] | undefined => {
    switch (condition.is) {
      case 'choice':
        if (condition.path.length !== 1 || condition.not === true) return undefined;
        return condition.among.length === 1
          ? [`${condition.path[0] ?? ''}=${condition.among[0] ?? ''}`]
          : [`${condition.path[0] ?? ''}[in]=${condition.among.join(',')}`];
      case 'flag':
        return condition.path.length === 1 ? [`${condition.path[0] ?? ''}=${condition.value}`] : undefined;
      case 'compare': {
        if (
          condition.left.is !== 'field' ||
          condition.left.path.length !== 1 ||
          condition.right.is !== 'literal' ||
          !('value' in condition.right.literal)
        )
          return undefined;
        const operators = { over: '[gt]', under: '[lt]', atLeast: '[ge]', atMost: '[le]', equal: '', notEqual: '[ne]' };
        return [`${condition.left.path[0] ?? ''}${operators[condition.by]}=${condition.right.literal.value}`];
      }
      default:
        return undefined;
    }
  });
  if (filters.some((filter) => filter === undefined)) return undefined;
  const sort = request.order === undefined ? [] : [`sort=${request.order.direction === 'descending' ? '-' : ''}${request.order.by}`];
  const limit = request.limit === undefined ? [] : [`limit=${request.limit}`];
  const query = [...filters.flatMap((filter) => filter ?? []), ...sort, ...limit].join('&');
  return `GET /api/${kebab(entity.plural)}${query === '' ? '' : `?${query}`}`;
}

/** The view, list or operation that answers best what was said; `doing`: somebody has something to do with rows. */
export function composed(mentions: Mentions, doing: boolean): Composed | undefined {
  const size = Math.max(1, mentions.known.length + mentions.unknown.length);
  const scored = mentions.all
    .filter(({ kind }) => kind === 'view' || kind === 'operation' || kind === 'entity')
    .map((thing) => {
      const hits = mentions.known.filter((word) => [...alike(word)].some((root) => thing.words.has(root) || thing.text.has(root)));
      const named = [...thing.words].filter((word) => mentions.roots.has(word)).length;
      const fields =
        thing.kind === 'entity' ? mentions.things.filter((each) => each.entity === thing.entity && each.kind !== 'entity').length : 0;
      const fitting = thing.kind === 'operation' ? (doing ? 0.5 : -0.5) : thing.kind === 'view' ? (doing ? -0.5 : 0.25) : 0;
      return { thing, share: hits.length / size, score: hits.length + named + 0.5 * fields + fitting };
    })
    .filter(({ score }) => score >= 1.5)
    .sort((one, other) => other.score - one.score);
  const [best] = scored;
  return best === undefined ? undefined : { how: howOf(best.thing, mentions, doing), share: best.share, thing: best.thing };
}

function howOf(thing: Thing, mentions: Mentions, doing: boolean): string {
  const { entity } = thing;
  if (thing.kind === 'view') return `${thing.where}: ${thing.says}`;
  if (thing.kind === 'operation') return `${thing.where}: ${thing.says}`;
  if (entity === undefined) return thing.where;
  const fields = mentions.things.filter((each) => each.entity?.id === entity.id && each.field !== undefined);
  if (doing) {
    const names = [...new Set(fields.filter(({ field }) => field?.derived === undefined).map(({ field }) => field?.name ?? ''))].filter(
      (name) => name !== '',
    );
    return `PATCH /api/${kebab(entity.plural)}/{id}${names.length === 0 ? '' : ` with ${names.join(', ')}`} alters a row, POST /api/${kebab(entity.plural)} makes one; in the browser, the page of ${entity.plural}.`;
  }
  const query = [
    ...fields.flatMap(({ kind, name, field }) => (kind === 'choice' && field !== undefined ? [`${field.name}=${name}`] : [])),
    ...fields.flatMap(({ kind, field }) => (kind === 'field' && field !== undefined ? filterOf(field, mentions) : [])),
  ];
  return `GET /api/${kebab(entity.plural)}${query.length === 0 ? '' : `?${[...new Set(query)].join('&')}`} lists them; every field takes field[gt]=, [lt]=, [ne]=, [in]=, with sort=, limit= and q= for a search.`;
}
function filterOf(field: Field, { plain, numbers, things }: Mentions): readonly string[] {
  const number = numbers[0];
  if (['money', 'integer', 'decimal', 'quantity'].includes(field.type.kind) && number !== undefined) {
    if (/\b(?:above|over|more than|exceed\w*|higher)\b/.test(plain)) return [`${field.name}[gt]=${number}`];
    if (/\b(?:below|under|less than|fewer|lower)\b/.test(plain)) return [`${field.name}[lt]=${number}`];
  }
  if (field.type.kind === 'boolean')
    return [`${field.name}=${!new RegExp(`\\bun${field.name}\\b|\\bnot (?:yet )?${field.name}\\b|\\bowe|\\boutstanding`).test(plain)}`];
  const target =
    field.type.kind === 'reference'
      ? things.find((thing) => thing.kind === 'entity' && thing.entity?.id === (field.type.kind === 'reference' ? field.type.to : ''))
      : undefined;
  if (target !== undefined) return [`${field.name}=<id>`];
  if (/\b(?:largest|highest|newest|latest|most|longest|biggest|top|best|last)\b/.test(plain) && field.type.kind !== 'text')
    return [`sort=-${field.name}`];
  if (/\b(?:smallest|lowest|oldest|least|shortest|earliest|cheapest)\b/.test(plain) && field.type.kind !== 'text')
    return [`sort=${field.name}`];
  return [];
}
