/** What lists are sorted by, said once for the statement and for the index that serves it: choices in their order, texts by the collation of the system. */
import type { Field } from '#kernel';
import { literal } from './names.ts';

export function choiceRank(field: Field, expression: string): string {
  const ids = field.type.kind === 'choice' ? field.type.choices.map((choice) => literal(choice.id)).join(', ') : '';
  return `array_position(array[${ids}]::text[], ${expression})`;
}
export const collated = (collation: string): string => ` collate "${collation.replaceAll('"', '""')}"`;
export const isTextual = (field: Field): boolean => ['text', 'email', 'url'].includes(field.type.kind);
