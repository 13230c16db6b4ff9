/** How a row is called: by the value of its title field, and where that says little, by what kind of row it is. Pure. */
import type { EntityJson, FieldJson, ModelJson, RowJson } from '#api/client';
import { formatValue, type Place } from './format.ts';

export const entityAtPath = (model: ModelJson, path: string): EntityJson | undefined =>
  model.entities.find((entity) => entity.path === path);
/** `/api/orders` is shown at `/data/orders`. */
export const segmentOf = (path: string): string => path.split('/').at(-1) ?? path;
/** By its path; and where none has that, as people and records call it: its name, its plural, its label, its permanent id. */
export function entityAtSegment({ entities }: Pick<ModelJson, 'entities'>, segment: string): EntityJson | undefined {
  const atPath = entities.find((entity) => segmentOf(entity.path) === segment);
  if (atPath !== undefined) return atPath;
  const called = folded(segment);
  return (
    entities.find(({ id }) => id === segment) ??
    entities.find(({ name, plural, label, pluralLabel }) => [name, plural, label, pluralLabel].some((word) => folded(word) === called))
  );
}
/** `Order lines`, `order-lines` and `orderLines` are one name. */
const folded = (word: string): string => word.toLowerCase().replace(/[\s_-]/g, '');
export const titleField = (entity: EntityJson): FieldJson | undefined => entity.fields.find((field) => field.name === entity.title);
export const shortId = (id: string): string => id.slice(-6);

export function rowName(entity: EntityJson, row: RowJson, place: Place): string {
  const field = titleField(entity);
  const value = field === undefined || field.widget === 'reference' ? '' : formatValue(field.widget, row[field.name], place, field);
  if (value === '') return `${entity.label} ${shortId(row.id)}`;
  return field?.widget === 'text' || field?.widget === 'email' || field?.widget === 'textarea'
    ? value
    : `${entity.label} of ${value} (${shortId(row.id)})`;
}
/** The same where the list says what kind of row it is. */
export function rowTitle(entity: EntityJson, row: RowJson, place: Place): string {
  const field = titleField(entity);
  const value = field === undefined || field.widget === 'reference' ? '' : formatValue(field.widget, row[field.name], place, field);
  return value === '' ? rowName(entity, row, place) : value;
}
/** Label of a choice, which the API writes by its name. */
export const choiceLabel = (field: FieldJson, value: unknown): string =>
  field.choices?.find((choice) => choice.name === value)?.label ?? String(value ?? '');
