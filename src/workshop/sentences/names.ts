/** Names and the words a person says for them: `unitPrice` is "unit price". */

export const labelOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();

export function camelOf(words: string): string {
  const parts = words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\d]+/u)
    .filter((part) => part !== '');
  return parts
    .map((part, index) => (index === 0 ? part.toLowerCase() : part.charAt(0).toUpperCase() + part.slice(1).toLowerCase()))
    .join('');
}
export const kebabOf = (name: string): string => labelOf(name).replaceAll(' ', '-');
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The longest name that a component or member may have. */
export const LONGEST_NAME = 40;
/** A name of whole words that is not too long. */
export function shortName(words: string): string {
  const parts = words.split(' ');
  while (parts.length > 1 && camelOf(parts.join(' ')).length > LONGEST_NAME) parts.pop();
  return camelOf(parts.join(' ')).slice(0, LONGEST_NAME);
}
/** "a, b and c". */
export function listed(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`;
}
