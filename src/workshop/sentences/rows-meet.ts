/**
 * A field that asks more than it did (required, unique, within bounds, of fewer choices) asks the rows that are there: how many do not meet
 * it, and which. They stay as they are until they are next written, and the asker is told; where they may not stay so, the request is refused
 * before anything is written.
 */
import type { Field, FieldType } from '#kernel';
import { entityNamed, type SystemModel } from '#model';
import type { GeneratorContext } from '#ports';
import { labelOf } from './names.ts';
import type { Owner, RequestOf } from './request.ts';

interface Met {
  readonly notes: readonly string[];
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
  const found = await unmet({ ...entity, fields });
  const told = (some: typeof found): string =>
    `Of the ${labelOf(entity.plural)} that exist, ${some.map(({ broken }) => broken).join(', and ')}`;
  const isOne = (some: typeof found): boolean => some.length === 1 && some[0]?.broken.startsWith('one ') === true;
  const [staying, barring] = [found.filter(({ stay }) => stay), found.filter(({ stay }) => !stay)];
  return {
    notes:
      staying.length === 0
        ? []
        : [`${told(staying)}; ${isOne(staying) ? 'it stays as it is until it is' : 'they stay as they are until they are'} next written.`],
    ...(barring.length === 0 ? {} : { refused: `${told(barring)}. Change ${isOne(barring) ? 'it' : 'them'} first, or ask for less.` }),
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
