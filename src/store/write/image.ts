/** What the journal keeps of a row: what is stored of it, by permanent ids, so that no renaming ever blurs it. Pure. */
import type { Field } from '#kernel';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { PlainRow, PlainValues } from '../row.ts';

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
