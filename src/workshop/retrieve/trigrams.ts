/** Words that are spelt alike, by the groups of three letters that they share: for what is misspelt, and for forms that a stemmer does not know. */
export function trigramsOf(word: string): ReadonlySet<string> {
  const padded = `  ${word} `;
  const found = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) found.add(padded.slice(at, at + 3));
  return found;
}

/** Share of the groups that both have, as pg_trgm counts it: 0 to 1. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0;
  for (const group of one) if (other.has(group)) both++;
  return both / (one.size + other.size - both);
}
