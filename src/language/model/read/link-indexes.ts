/** Indexes by the permanent ids of their fields, so that a field that is renamed keeps its index. What cannot be kept in one is reported. */
import { canonicalJson, type EntityContract, type EntityIndex, type Field } from '#kernel';
import { indexable } from '../indexable.ts';
import type { DeclaredEntity, Named } from './declared.ts';
import type { LinkedFile, Shell } from './linked-file.ts';

export function indexesPart(
  file: LinkedFile,
  { indexes, fields }: DeclaredEntity,
  shell: Shell,
): Pick<EntityContract, 'indexes'> | Record<never, never> {
  const seen = new Set<string>();
  const linked = indexes.flatMap(({ filter, sort, search, start }): readonly EntityIndex[] => {
    const found = new Set<string>();
    const fieldOf = ({ name, start: at }: Named): Field | undefined => {
      const field = shell.byName.get(name);
      const declared = fields.find((each) => each.name === name);
      const why =
        field === undefined
          ? `${name} is no field of ${shell.name}`
          : found.has(field.id)
            ? `${name} stands there twice`
            : indexable(field, declared?.live !== undefined || declared?.fixed !== undefined);
      if (why !== undefined) file.report(at, `an index: ${why}`);
      if (field !== undefined) found.add(field.id);
      return why === undefined ? field : undefined;
    };
    const filters = filter.map(fieldOf);
    const order = sort.map(({ name, start: at }) => {
      const descending = name.startsWith('-');
      return { field: fieldOf({ name: descending ? name.slice(1) : name, start: at }), descending };
    });
    const made: EntityIndex = search
      ? { search: true }
      : {
          filter: filters.flatMap((field) => (field === undefined ? [] : [field.id])),
          sort: order.flatMap(({ field, descending }) => (field === undefined ? [] : [{ field: field.id, descending }])),
        };
    const key = canonicalJson(made);
    if (seen.has(key)) file.report(start, 'this index stands there twice');
    seen.add(key);
    return [made];
  });
  return linked.length === 0 ? {} : { indexes: linked };
}
