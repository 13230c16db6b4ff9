/**
 * `?limit&cursor&sort&field[op]=value&q=` as the machine takes it. Every parameter is known or refused, naming the known; that
 * names and values fit the fields is for the store to say, by place.
 */
import { type EntityContract, type Json, refuse, type Refusal } from '#kernel';
import type { Calls } from '#machine';

export type ListQuery = Parameters<Calls['list']>[2];
type Operator = NonNullable<ListQuery['filters']>[number]['op'];

const operators: readonly Operator[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in'];
const isOperator = (text: string): text is Operator => operators.some((operator) => operator === text);
export const mostItems = 500;
const mostSorts = 4;

export function listQuery(entity: EntityContract, search: string): ListQuery | Refusal {
  if (search === '') return {};
  const unread = unreadable(search);
  if (unread !== null) return unread;
  const names = new Set([
    'id',
    ...entity.fields.filter((field) => field.type.kind !== 'list' && field.type.kind !== 'json').map((field) => field.name),
  ]);
  const faults = noFaults();
  const query: { limit?: number; cursor?: string; sort?: string; q?: string } = {};
  const filters: NonNullable<ListQuery['filters']>[number][] = [];
  const seen = new Set<string>();
  for (const [parameter, value] of new URLSearchParams(search)) {
    if (seen.has(parameter)) faults[parameter] = 'is given twice';
    seen.add(parameter);
    const [, name = '', op = 'eq'] = /^([^[\]]+)(?:\[([^[\]]*)\])?$/.exec(parameter) ?? [];
    if (value.includes('\u0000')) faults[parameter] = 'must not hold the character NUL';
    else if (reserved.has(parameter)) {
      if (parameter === 'limit') {
        const limit = limitOf(value);
        if (limit === undefined) faults['limit'] = `must be a whole number from 1 to ${mostItems}`;
        else query.limit = limit;
      } else if (parameter === 'sort' && !isSort(value)) faults['sort'] = `must be 1 to ${mostSorts} fields, such as -name,id`;
      else query[parameter as 'cursor' | 'sort' | 'q'] = value;
    } else if (!names.has(name))
      faults[parameter] = `is not known; known are limit, cursor, sort, q and the fields ${[...names].join(', ')}`;
    else if (!isOperator(op)) faults[parameter] = `has an unknown comparison; known are ${operators.join(', ')}`;
    else filters.push({ field: name, op, value });
  }
  return Object.keys(faults).length > 0 ? unfit(faults) : { ...query, ...(filters.length > 0 ? { filters } : {}) };
}
const isSort = (text: string): boolean => {
  const parts = text.split(',');
  return parts.length <= mostSorts && parts.every((part) => !/^\s*-?\s*$/.test(part));
};
/** `limit[eq]=5` still reaches a field that is called limit. */
const reserved = new Set(['limit', 'cursor', 'sort', 'q']);

export function pageQuery(search: string): { readonly limit?: number; readonly cursor?: string } | Refusal {
  const page: { limit?: number; cursor?: string } = {};
  const faults = noFaults();
  for (const [parameter, value] of new URLSearchParams(search)) {
    if (parameter === 'cursor') page.cursor = value;
    else if (parameter === 'limit') {
      const limit = limitOf(value);
      if (limit === undefined) faults['limit'] = `must be a whole number from 1 to ${mostItems}`;
      else page.limit = limit;
    } else faults[parameter] = 'is not known; known are limit, cursor';
  }
  return Object.keys(faults).length > 0 ? unfit(faults) : page;
}

/** For routes that take no query. */
export function noQuery(search: string): Refusal | null {
  if (search === '') return null;
  const faults = noFaults();
  for (const parameter of new URLSearchParams(search).keys()) faults[parameter] = 'is not known; this path takes no query parameters';
  return Object.keys(faults).length > 0 ? unfit(faults) : null;
}

/** What is not UTF-8 behind its percent signs would be read as something else than was meant. */
export function unreadable(search: string): Refusal | null {
  if (!search.includes('%')) return null;
  try {
    decodeURIComponent(search);
    return null;
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    return refuse('malformed', 'The query is not text in UTF-8, percent-encoded. Write a percent sign itself as %25.');
  }
}

export function unfit(faults: { readonly [place: string]: Json }): Refusal {
  const told = Object.entries(faults)
    .slice(0, 3)
    .map(([place, message]) => `${place === '' ? 'the body' : place} ${String(message)}`);
  const more = Object.keys(faults).length - told.length;
  return refuse('invalid', `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`, { fields: faults });
}

/** Without a prototype: a parameter may be called `__proto__`. */
const noFaults = (): { [parameter: string]: string } => Object.create(null) as { [parameter: string]: string };

function limitOf(text: string): number | undefined {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return limit >= 1 && limit <= mostItems ? limit : undefined;
}
