/** Texts within a number of tokens, by the estimate of four characters a token. A text that is cut says so. */
const CHARACTERS = 4;

export const tokensOf = (text: string): number => Math.ceil(text.length / CHARACTERS);

export function within(text: string, tokens: number): string {
  const most = tokens * CHARACTERS;
  return text.length <= most ? text : `${text.slice(0, most)}\n[cut: ${text.length - most} characters more]`;
}

/** Items from the first on, as long as they fit; the others are left to `rest`. */
export function fitting<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
  tokens: number,
): { readonly kept: readonly Item[]; readonly rest: readonly Item[] } {
  let left = tokens;
  const kept: Item[] = [];
  const rest: Item[] = [];
  for (const item of items) {
    const size = tokensOf(textOf(item));
    if (size <= left) {
      kept.push(item);
      left -= size;
    } else rest.push(item);
  }
  return { kept, rest };
}
