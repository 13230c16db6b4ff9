/** The indexes of an entity, as they stand in its source: fields by name. */
import type { EntityContract, EntityIndex } from '#kernel';
import { type Doc, quoted } from './layout.ts';

export const indexesDoc = (entity: EntityContract): Doc => ({ list: (entity.indexes ?? []).map((index) => indexDoc(entity, index)) });

function indexDoc({ fields }: EntityContract, index: EntityIndex): Doc {
  if ('search' in index) return { object: [['search', 'true']] };
  const name = (id: string): string => fields.find((field) => field.id === id)?.name ?? id;
  return {
    object: [
      ...(index.filter.length === 0 ? [] : [['filter', { list: index.filter.map((id) => quoted(name(id))) }] as const]),
      ...(index.sort.length === 0
        ? []
        : [['sort', { list: index.sort.map(({ field, descending }) => quoted(`${descending ? '-' : ''}${name(field)}`)) }] as const]),
    ],
  };
}
