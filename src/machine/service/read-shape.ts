/** The shape of a read: what is asked by which fields and operators and in which order, by permanent ids. Never a value. Pure. */
import { canonicalJson, type Json, type PermanentId } from '#kernel';
import { entityById, fieldNamed, type SystemModel } from '#model';
import type { ReadShape } from '#ports';
import type { ListQuery } from '#store';

/** More than these are no shape that anybody would make an index for. */
export const mostParts = 8;

/** With names as they were asked for: cheap, for the path of a request. */
export function listKey(entity: PermanentId, { filters = [], sort = '', q = '', limit = 0 }: ListQuery): string {
  let key = `${entity} ${sort} ${q === '' ? '' : 'q'} ${limit > defaultPage ? 'l' : ''}`;
  for (const { field, op } of filters) key += ` ${field}[${op}]`;
  return key;
}
const defaultPage = 50;

/** By ids; undefined where it asks by what the model does not have, or by too much. */
export function listShape(model: SystemModel, entity: PermanentId, query: ListQuery): Extract<ReadShape, { kind: 'list' }> | undefined {
  const { filters = [], sort = '', q = '', limit = 0 } = query;
  const fields = entityById(model, entity)?.fields ?? [];
  const idOf = (name: string): string | undefined => (name === 'id' ? 'id' : fieldNamed(fields, name)?.id);
  const asked = filters.map(({ field, op }) => ({ field: idOf(field), op }));
  const order = sort
    .split(',')
    .filter((part) => part !== '')
    .map((part) => ({ field: idOf(part.replace(/^-/, '')), descending: part.startsWith('-') }));
  if (asked.length + order.length > mostParts) return undefined;
  const known = <Part extends { readonly field: string | undefined }>(part: Part): part is Part & { readonly field: string } =>
    part.field !== undefined;
  if (!asked.every(known) || !order.every(known)) return undefined;
  const filter = [...new Map(asked.filter(known).map((part) => [`${part.field} ${part.op}`, part])).values()].toSorted((one, other) =>
    `${one.field} ${one.op}` < `${other.field} ${other.op}` ? -1 : 1,
  );
  return { kind: 'list', entity, filter, sort: order.filter(known), search: q !== '', long: limit > defaultPage };
}

export const shapeText = (shape: ReadShape): string => canonicalJson(shape as unknown as Json);
