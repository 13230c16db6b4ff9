/** An order of states that never happens, in words: what is said of it where its author said nothing. */
import type { PermanentId } from '#kernel';
import { words } from './names.ts';

export function orderInWords(
  order: { readonly reach: PermanentId } & ({ readonly without: PermanentId } | { readonly after: PermanentId }),
  entity: string,
  stateName: (id: PermanentId) => string,
): string {
  const row = words(entity).join(' ');
  const article = /^[aeiou]/.test(row) ? 'an' : 'a';
  return 'without' in order
    ? `${article} ${row} is never ${stateName(order.reach)} before it was ${stateName(order.without)}`
    : `${article} ${row} is never ${stateName(order.reach)} after it was ${stateName(order.after)}`;
}
