/** The state that a new row is in: the choice that a field of choices has by default. Undefined for a field that has none. Pure. */
import type { Field } from '#kernel';

export function firstStateOf({ type, default: given }: Field): { readonly id: string; readonly name: string } | undefined {
  if (type.kind !== 'choice' || given === undefined || !('literal' in given)) return undefined;
  return type.choices.find(({ id, name }) => id === given.literal || name === given.literal);
}
