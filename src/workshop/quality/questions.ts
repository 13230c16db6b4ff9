/** The reads that an entity is asked for, the index that would serve each, and the way back from an index to the read that it is for. */
import type { EntityContract, EntityIndex, Expression, Field, PermanentId, ViewContract } from '#kernel';
import { indexable, type SystemModel } from '#model';
import type { Question } from '#ports';

/** Reads of one entity that are measured in one turn. */
export const mostReads = 16;
const isState = ({ type }: Field): boolean => type.kind === 'reference' || type.kind === 'choice' || type.kind === 'boolean';
const inOrder = ({ type }: Field): boolean => ['date', 'instant', 'money', 'integer'].includes(type.kind);
const isTextual = ({ type }: Field): boolean => ['text', 'email', 'url'].includes(type.kind);
const isSecret = ({ type }: Field): boolean => type.kind === 'text' && type.secret === true;

/** What is known to be asked: rows as such, by each state, in each order, by words, in each view. The most usual ones first. */
export function readsOf(entity: EntityContract, model: SystemModel): readonly Question[] {
  const list = (
    filter: readonly PermanentId[],
    sort: readonly { readonly field: PermanentId; readonly descending: boolean }[],
  ): Question => ({
    kind: 'list',
    entity: entity.id,
    filter,
    sort,
  });
  const descending = ({ type }: Field): boolean => type.kind !== 'integer' && !isTextual({ type } as Field);
  const fields = entity.fields.filter((field) => !isSecret(field));
  const title = fields.filter((field) => field.name === entity.title && isTextual(field));
  return [
    list([], []),
    ...fields.filter((field) => isState(field) && field.derived === undefined).map(({ id }) => list([id], [])),
    ...[...title, ...fields.filter(inOrder)].map((field) => list([], [{ field: field.id, descending: descending(field) }])),
    ...(fields.some((field) => isTextual(field) && field.derived === undefined) ? [{ kind: 'search', entity: entity.id } as const] : []),
    ...model.views.filter(({ from }) => from === entity.id).map(({ id }) => ({ kind: 'view', entity: entity.id, view: id }) as const),
  ].slice(0, mostReads);
}

/** The index for exactly that read, or why there can be none. */
export function indexFor(
  question: Question,
  entity: EntityContract,
  model: SystemModel,
): { readonly index: EntityIndex } | { readonly why: string } {
  switch (question.kind) {
    case 'get':
      return { why: 'a row is read by its id, for which there is an index already' };
    case 'search': {
      const computed = entity.fields.find((field) => isTextual(field) && field.derived !== undefined);
      return computed === undefined
        ? { index: { search: true } }
        : { why: `words are looked for in ${computed.name} as well, which is computed when it is read, so that no index can hold it` };
    }
    case 'view':
      return indexOfView(
        model.views.find(({ id }) => id === question.view),
        entity,
      );
    case 'list': {
      const { filter, sort } = question;
      if (filter.length + sort.length === 0)
        return { why: 'rows in the order of their making are read by their ids, for which there is an index already' };
      return made(filter, sort, entity);
    }
  }
}
function made(
  filter: readonly PermanentId[],
  sort: Extract<Question, { kind: 'list' }>['sort'],
  entity: EntityContract,
): ReturnType<typeof indexFor> {
  for (const id of [...filter, ...sort.map(({ field }) => field)]) {
    const field = entity.fields.find((each) => each.id === id);
    const why = field === undefined ? 'there is no such field' : indexable(field);
    if (why !== undefined) return { why };
  }
  return { index: { filter, sort: sort.filter(({ field }) => !filter.includes(field)) } };
}

/** By the fields that must have one value in a row that it shows, in the order of its columns. */
function indexOfView(view: ViewContract | undefined, entity: EntityContract): ReturnType<typeof indexFor> {
  if (view === undefined) return { why: 'there is no such view' };
  if (view.columns.some(({ aggregate }) => aggregate !== undefined)) return { why: 'it reads all of its rows, to count or to add them up' };
  const filter = view.where === undefined ? [] : [...new Set(fixedIn(view.where))];
  const sort = view.order.flatMap(({ column, direction }) => {
    const value = view.columns.find(({ name }) => name === column)?.value;
    return value?.node === 'field' && value.of.node === 'input' ? [{ field: value.id, descending: direction === 'descending' }] : [];
  });
  if (filter.length + sort.length === 0) return { why: 'it has no order and no fixed value that an index could serve' };
  return made(filter, sort, entity);
}
function fixedIn(where: Expression): readonly PermanentId[] {
  if (where.node !== 'binary') return [];
  if (where.op === 'and') return [...fixedIn(where.left), ...fixedIn(where.right)];
  const [field, value] = where.left.node === 'field' ? [where.left, where.right] : [where.right, where.left];
  return where.op === 'equal' && field.node === 'field' && field.of.node === 'input' && value.node === 'constant' ? [field.id] : [];
}

export const questionOf = (index: EntityIndex, entity: PermanentId): Question =>
  'search' in index ? { kind: 'search', entity } : { kind: 'list', entity, filter: index.filter, sort: index.sort };
