/** How alike in meaning a question and components are, by vectors of a provider of models; a component is asked for once. */
import type { Embeddings } from '#ports';

/** Texts a call. */
const AT_ONCE = 100;
/** Below this likeness two texts are strangers. */
const STRANGE = 0.3;
const MOST_KEPT = 20_000;

export function meaningOf(
  embeddings: Embeddings,
): (question: string, keys: readonly string[], textOf: (key: string) => string) => Promise<ReadonlyMap<string, number>> {
  const kept = new Map<string, readonly number[]>();
  return async (question, keys, textOf) => {
    const texts = keys.map(textOf);
    const missing = [...new Set(texts)].filter((text) => !kept.has(text));
    if (kept.size + missing.length > MOST_KEPT) kept.clear();
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      const some = missing.slice(at, at + AT_ONCE);
      const vectors = await embeddings.embed(some);
      some.forEach((text, number) => kept.set(text, vectors[number] ?? []));
    }
    const asked = (await embeddings.embed([question]))[0] ?? [];
    const alike = keys.map((key, at) => [key, cosine(asked, kept.get(texts[at] ?? '') ?? [])] as const);
    return new Map(alike.filter(([, share]) => share > STRANGE));
  };
}

/** 0 where one of them is no vector or they are not of one length. */
function cosine(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length) return 0;
  let dot = 0;
  let a = 0;
  let b = 0;
  one.forEach((value, at) => {
    const second = other[at] ?? 0;
    dot += value * second;
    a += value * value;
    b += second * second;
  });
  const share = dot / Math.sqrt(a * b);
  return Number.isFinite(share) ? share : 0;
}
