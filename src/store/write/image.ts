/** What the journal keeps of a row: what is stored of it, by permanent ids, so that no renaming ever blurs it. Pure. */
import type { Field } from '#kernel';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { PlainRow, PlainValues } from '../row.ts';
import { inFull, same } from './complete.ts';

/** Fixed derived fields are kept as they showed at that moment; live ones follow from the rest and are left out. */
export function storedImage(plan: EntityPlan, row: PlainRow): PlainValues {
  return { version: row.version, ...membersOf(plan.contract.fields, row) };
}
function membersOf(fields: readonly Field[], row: PlainRow): PlainValues {
  const image: { [id: string]: unknown } = {};
  for (const field of fields) {
    if (field.derived?.mode === 'live') continue;
    const value = row[field.name] ?? null;
    const { type } = field;
    if (type.kind === 'list')
      image[field.id] = (value === null ? [] : (value as readonly PlainRow[])).map((item) => ({
        id: item.id,
        ...membersOf(type.fields, item),
      }));
    else image[field.id] = type.kind === 'choice' ? (type.choices.find((choice) => choice.name === value)?.id ?? null) : value;
  }
  return image;
}

/** Values of these fields by name, as an image holds them. A choice that they do not know is told as it stands, so that it is refused. */
export function ofImage(fields: readonly Field[], image: PlainValues, derived = false): PlainValues {
  const values: { [name: string]: unknown } = {};
  for (const field of fields) {
    if (!Object.hasOwn(image, field.id) || (field.derived !== undefined && !derived)) continue;
    const { type } = field;
    const value = image[field.id] ?? null;
    if (type.kind === 'list')
      values[field.name] = (Array.isArray(value) ? (value as readonly PlainRow[]) : []).map((item) => ({
        id: item.id,
        ...ofImage(type.fields, item),
      }));
    else values[field.name] = type.kind === 'choice' ? (type.choices.find((choice) => choice.id === value)?.name ?? value) : value;
  }
  return values;
}

/** Whether a row holds what an image says of a field; what this generation does not know of it says nothing. */
export function sameAsImage(field: Field, image: unknown, value: unknown): boolean {
  const { type } = field;
  // A choice that this generation does not know shows as none.
  if (type.kind === 'choice' && !type.choices.some(({ id }) => id === image)) return (value ?? null) === null;
  if (type.kind !== 'list') return same(inFull(field, ofImage([field], { [field.id]: image })[field.name]), value ?? null);
  const items = Array.isArray(image) ? (image as readonly PlainRow[]) : [];
  const now = (value ?? []) as readonly PlainRow[];
  const members = type.fields.filter((member) => member.derived === undefined);
  return (
    items.length === now.length &&
    items.every(
      (item, index) =>
        item.id === now[index]?.id &&
        members.every((member) => !Object.hasOwn(item, member.id) || sameAsImage(member, item[member.id], now[index]?.[member.name])),
    )
  );
}
