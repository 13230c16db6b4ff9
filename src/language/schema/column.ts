/** The PostgreSQL columns of a field, named by its permanent id. Names of a generation never reach a physical column. */
import type { Field, FieldKind } from '#kernel';

export interface Column {
  readonly name: string;
  readonly type: string;
}

const types: { readonly [Kind in Exclude<FieldKind, 'list'>]: string } = {
  text: 'text',
  email: 'text',
  url: 'text',
  choice: 'text',
  integer: 'bigint',
  money: 'bigint',
  duration: 'bigint',
  decimal: 'numeric',
  quantity: 'numeric',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
  reference: 'uuid',
  json: 'jsonb',
};

/** Money has a second column for its currency; a list has a table of its own and no column. */
export function columnsOf(field: Field): readonly Column[] {
  const kind = field.type.kind;
  if (kind === 'list') return [];
  const first = { name: field.id, type: types[kind] };
  return kind === 'money' ? [first, { name: `${field.id}_c`, type: 'text' }] : [first];
}
