/**
 * Names of a generation as rules see them, from its entities: the members of a row with their permanent ids and types,
 * rows that refer to this one included. What prints, describes and parses rules asks here.
 */
import type { Choice, EntityContract, Field, PermanentId, ValueType } from '#kernel';
import { valueTypeOf } from './value-type.ts';

export type Member =
  | { readonly kind: 'field'; readonly name: string; readonly id: PermanentId; readonly type: ValueType; readonly field: Field }
  | { readonly kind: 'related'; readonly name: string; readonly entity: PermanentId; readonly via: PermanentId };

export interface RuleNames {
  readonly currencyDigits: number;
  /** "order", "line". */
  readonly rowName: (row: PermanentId) => string;
  readonly members: (row: PermanentId) => readonly Member[];
  readonly choices: (field: PermanentId) => readonly Choice[];
}

export function ruleNames(entities: readonly EntityContract[], currencyDigits: number): RuleNames {
  const rows = new Map<PermanentId, { readonly name: string; readonly members: readonly Member[] }>();
  const choices = new Map<PermanentId, readonly Choice[]>();
  const fieldsOf = (fields: readonly Field[]): readonly Member[] =>
    fields.flatMap((field): readonly Member[] => {
      if (field.type.kind === 'choice') choices.set(field.id, field.type.choices);
      if (field.type.kind === 'list') rows.set(field.type.itemId, { name: field.type.item, members: fieldsOf(field.type.fields) });
      const type = valueTypeOf(field, currencyDigits);
      return type === undefined ? [] : [{ kind: 'field', name: field.name, id: field.id, type, field }];
    });
  for (const entity of entities)
    rows.set(entity.id, { name: entity.name, members: [...fieldsOf(entity.fields), ...relatedTo(entity, entities)] });
  return {
    currencyDigits,
    rowName: (row) => rows.get(row)?.name ?? 'row',
    members: (row) => rows.get(row)?.members ?? [],
    choices: (field) => choices.get(field) ?? [],
  };
}

/** The rows that refer to this one: under their plural; under plural and field where several references, or a field, share it. */
function relatedTo(entity: EntityContract, entities: readonly EntityContract[]): readonly Member[] {
  const taken = new Set(entity.fields.map((field) => field.name));
  return entities.flatMap((other) => {
    const references = other.fields.filter((field) => field.type.kind === 'reference' && field.type.to === entity.id);
    const long = references.length > 1 || taken.has(other.plural);
    return references.map((field): Member => ({
      kind: 'related',
      name: long ? `${other.plural}By${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}` : other.plural,
      entity: other.id,
      via: field.id,
    }));
  });
}
