/** What a component asks of a list, out of whatever it sent: shapes and sizes are checked here, names and values by the reader. */
import { type EntityContract, isRowId, type Json, refuse, type Refusal } from '#kernel';
import { type Filter, filterOperators, type ListQuery } from '#store';

const [mostFilters, longestText] = [50, 1_000];
const known = ['filters', 'sort', 'cursor', 'limit', 'q'];

export function askedList(input: Json, capability: string): ListQuery | Refusal {
  const no = (what: string): Refusal => refuse('malformed', `${capability} was asked with ${what}.`);
  if (!isObject(input)) return no('something that is no query: { filters, sort, limit, cursor, q }');
  const query: { filters?: Filter[]; sort?: string; cursor?: string; limit?: number; q?: string } = {};
  for (const [name, value] of Object.entries(input)) {
    if (!known.includes(name)) return no(`${JSON.stringify(name.slice(0, 40))}, which no query has; it has ${known.join(', ')}`);
    if (value === null) continue;
    if (name === 'filters') {
      const filters = filtersOf(value);
      if (filters === undefined) return no(`filters that are not at most ${mostFilters} of { field, op, value }`);
      query.filters = filters;
    } else if (name === 'limit') {
      if (typeof value !== 'number') return no('a limit that is no number');
      query.limit = value;
    } else if (name === 'sort' || name === 'cursor' || name === 'q') {
      if (typeof value !== 'string' || value.length > longestText * 4) return no(`a ${name} that is no text of fair length`);
      query[name] = value;
    }
  }
  return query;
}

function filtersOf(value: Json): Filter[] | undefined {
  if (!Array.isArray(value) || value.length > mostFilters) return undefined;
  const filters = (value as readonly Json[]).flatMap((filter): Filter[] => {
    if (!isObject(filter) || typeof filter['field'] !== 'string' || !('value' in filter)) return [];
    const op = filterOperators.find((operator) => operator === filter['op']);
    return op === undefined ? [] : [{ field: filter['field'].slice(0, longestText), op, value: filter['value'] ?? null }];
  });
  return filters.length === value.length ? filters : undefined;
}
/**
 * Filters by a reference to what is no row: a body compares with `caller.id`, and who has not signed in is no row. It finds nothing, and
 * `ne` everything, as comparing in the body would.
 */
export function meetingNobody(query: ListQuery, { fields }: EntityContract): ListQuery {
  if (query.filters === undefined) return query;
  const references = new Set(fields.filter((field) => field.type.kind === 'reference').map((field) => field.name));
  const row = (value: Json): Json => (typeof value === 'string' && !isRowId(value.toLowerCase()) ? nobody : value);
  const filters = query.filters.map((filter) => {
    if (!references.has(filter.field)) return filter;
    return { ...filter, value: Array.isArray(filter.value) ? filter.value.map(row) : row(filter.value as Json) };
  });
  return { ...query, filters };
}
/** A row id of the first millisecond of 1970: no row has it. */
const nobody = '00000000-0000-7000-8000-000000000000';

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
