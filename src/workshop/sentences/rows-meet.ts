/**
 * A field that asks more than it did (required, unique, within bounds, of fewer choices) asks it of the rows that are there as well: where
 * some do not meet it, the request is refused with how many they are and which, before anything is written.
 */
import type { Field, FieldType } from '#kernel';
import { entityNamed, type SystemModel } from '#model';
import type { GeneratorContext } from '#ports';
import { labelOf } from './names.ts';
import type { Owner, RequestOf } from './request.ts';

interface Met {
  readonly notes: readonly [];
  readonly refused?: string;
}

export async function rowsMeet(
  model: SystemModel,
  { owner, field: name }: { readonly owner: Owner; readonly field: string },
  { unmet }: Pick<GeneratorContext, 'unmet'>,
  alter: (field: Field) => Field,
): Promise<Met> {
  const entity = entityNamed(model, owner.entity);
  if (unmet === undefined || entity === undefined) return { notes: [] };
  const altered = (fields: readonly Field[]): readonly Field[] => fields.map((each) => (each.name === name ? alter(each) : each));
  const fields =
    owner.list === undefined
      ? altered(entity.fields)
      : entity.fields.map((each) =>
          each.name === owner.list && each.type.kind === 'list'
            ? { ...each, type: { ...each.type, fields: altered(each.type.fields) } }
            : each,
        );
  const [first, ...rest] = await unmet({ ...entity, fields });
  if (first === undefined) return { notes: [] };
  const one = first.startsWith('one ') && rest.length === 0;
  return {
    notes: [],
    refused: `Of the ${labelOf(entity.plural)} that exist, ${[first, ...rest].join(', and ')}. Change ${one ? 'it' : 'them'} first, or ask for less.`,
  };
}
export function boundedBy(type: FieldType, { min, max }: RequestOf<'setBounds'>): FieldType {
  switch (type.kind) {
    case 'text':
    case 'integer':
    case 'duration':
      return { ...type, ...(min === undefined ? {} : { min: Number(min) }), ...(max === undefined ? {} : { max: Number(max) }) };
    case 'money':
    case 'decimal':
    case 'quantity':
    case 'date':
      return { ...type, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
    default:
      return type;
  }
}
