/**
 * Whether a field can stand in an index, and the words for an index. Why here: the reader of sources, the store and whoever
 * proposes an index must agree. A page of an index holds entries of some 2,700 bytes: a longer text would be refused when it is written.
 */
import type { EntityContract, EntityIndex, Field } from '#kernel';

/** Characters of at most four bytes each. */
export const longestIndexed = 600;

/** What is wrong with it, or undefined. */
export function indexable(field: Field, computed: boolean = field.derived !== undefined): string | undefined {
  const { name, type } = field;
  if (computed) return `${name} is computed when it is read, so that no index can hold it`;
  if (type.kind === 'list' || type.kind === 'json') return `${name} is ${type.kind === 'list' ? 'a list' : 'json'}, which has no order`;
  if (type.kind === 'text' && type.secret === true) return `${name} is a secret, which nobody reads`;
  if (type.kind === 'url' || (type.kind === 'text' && (type.max ?? Infinity) > longestIndexed))
    return `${name} may be longer than an index holds: a text of at most ${longestIndexed} characters (max) can stand in one`;
  return undefined;
}

/** `filter=status sort=-issueDate`, as lists are asked, or `q`. */
export function indexWords(entity: Pick<EntityContract, 'fields'>, index: EntityIndex): string {
  if ('search' in index) return 'q';
  const name = (id: string): string => entity.fields.find((field) => field.id === id)?.name ?? id;
  return [
    ...(index.filter.length === 0 ? [] : [`filter=${index.filter.map(name).join(',')}`]),
    ...(index.sort.length === 0
      ? []
      : [`sort=${index.sort.map(({ field, descending }) => `${descending ? '-' : ''}${name(field)}`).join(',')}`]),
  ].join(' ');
}
