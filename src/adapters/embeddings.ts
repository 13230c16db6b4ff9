/**
 * Meanings of texts as vectors (port Embeddings), from an endpoint of the OpenAI kind, on the AI SDK. Promises: a text is sent once, with
 * secrets taken out as from any prompt; each call is reserved before and settled after; what cannot be had in time is a refusal, and
 * nobody is asked again for a while. Never: a try again, a key in what is said, a vector that is no list of numbers of the one length.
 */
import type { Tokens } from '#change';
import { changeId, isRefusal, type Refusal, refuse } from '#kernel';
import type { Embeddings, Spending } from '#ports';
import { digestOf, type KeptVectors } from './kept-vectors.ts';
import type { EmbeddingsEntry } from './language-models/embeddings-entry.ts';
import type { Redact } from './language-models/redact.ts';
import { placeOf, told } from './language-models/told.ts';
import { watchedFetch } from './language-models/watched-fetch.ts';

export { spaceOf, type EmbeddingsEntry } from './language-models/embeddings-entry.ts';
export { type KeptVectors, keptVectors } from './kept-vectors.ts';

/** Texts a call, and characters of a text. */
const AT_ONCE = 64;
const LONGEST = 4_000;
/** Numbers of a vector, and bytes of one number as it is written. */
const MOST_NUMBERS = 4_096;
const NUMBER_BYTES = 32;
/** After a failure a change goes on without, and so do those that come soon after it. */
const QUIET_MS = 30_000;
const nothing: Tokens = { input: 0, cached: 0, output: 0, reasoning: 0 };
const provider = 'openai-compatible';

export interface EmbeddingsParts {
  readonly key: string | undefined;
  readonly redact: Redact;
  readonly spending: Spending;
  readonly kept: KeptVectors;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
}

export function openEmbeddings(entry: EmbeddingsEntry, parts: EmbeddingsParts): Embeddings {
  const { redact, kept, now = () => performance.now() } = parts;
  let failed: { readonly until: number; readonly refusal: Refusal } | undefined;
  return {
    name: entry.model,
    embed: async (texts, change) => {
      const clean = texts.map((text) => redact(text).slice(0, LONGEST).toWellFormed());
      const digests = clean.map(digestOf);
      const have = new Map(await kept.find([...new Set(digests)]));
      const missing = [...new Map(digests.map((digest, at) => [digest, clean[at] ?? '']))].filter(([digest]) => !have.has(digest));
      const until = now() + entry.totalMs;
      for (let at = 0; at < missing.length; at += AT_ONCE) {
        if (failed !== undefined && now() < failed.until) return failed.refusal;
        const some = missing.slice(at, at + AT_ONCE);
        const vectors = await oneCall(
          entry,
          some.map(([, text]) => text),
          { ...parts, now, change, leftMs: until - now() },
        );
        if (isRefusal(vectors)) {
          // A budget is of one change: the next may have room.
          if (vectors.code !== 'over-budget') failed = { until: now() + QUIET_MS, refusal: vectors };
          return vectors;
        }
        const length = vectors[0]?.length ?? 0;
        const other = [...have.values()].find((vector) => vector.length !== length);
        if (other !== undefined) {
          await kept.forget();
          return refuse(
            'unavailable',
            `${placeOf({ ...entry, provider })} gave vectors of ${length} numbers for ${entry.model}, and of ${other.length} before: those before are forgotten.`,
          );
        }
        const named = new Map(some.map(([digest], number) => [digest, vectors[number] ?? new Float32Array()]));
        await kept.keep(named);
        for (const [digest, vector] of named) have.set(digest, vector);
      }
      return digests.map((digest) => have.get(digest) ?? new Float32Array());
    },
  };
}

interface Call extends EmbeddingsParts {
  readonly now: () => number;
  readonly change: string;
  readonly leftMs: number;
}

async function oneCall(entry: EmbeddingsEntry, texts: readonly string[], call: Call): Promise<readonly Float32Array[] | Refusal> {
  const { spending, now, leftMs } = call;
  if (leftMs <= 0) return late(entry);
  const reservation = await spending.reserve({
    change: changeId(call.change),
    phase: 'retrieve',
    name: 'embeddings',
    provider,
    model: entry.model,
    tokens: { ...nothing, input: texts.reduce((sum, text) => sum + Math.ceil(Buffer.byteLength(text) / 2) + 16, 0) },
  });
  if (isRefusal(reservation)) return reservation;
  const began = now();
  let used: Tokens | null = null;
  try {
    const tried = await oneTry(entry, texts, call);
    used = tried.tokens;
    return 'vectors' in tried ? tried.vectors : tried.refusal;
  } finally {
    await spending.settle(reservation, used, now() - began);
  }
}
const late = (entry: EmbeddingsEntry): Refusal =>
  refuse('deadline', `The model ${entry.model} at ${placeOf({ ...entry, provider })} was not done within ${entry.totalMs / 1_000} s.`);

type Tried = ({ readonly vectors: readonly Float32Array[] } | { readonly refusal: Refusal }) & { readonly tokens: Tokens | null };

async function oneTry(entry: EmbeddingsEntry, texts: readonly string[], { key, redact, leftMs }: Call): Promise<Tried> {
  const watch = watchedFetch({
    totalMs: leftMs,
    stallMs: leftMs,
    bytes: 10_000 + texts.length * MOST_NUMBERS * NUMBER_BYTES,
    signal: new AbortController().signal,
  });
  try {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
    const model = createOpenAICompatible({
      name: 'theseus',
      baseURL: entry.url,
      fetch: watch.fetch,
      ...(key === undefined ? {} : { apiKey: key }),
    }).embeddingModel(entry.model);
    const { embeddings, usage } = await model.doEmbed({ values: [...texts], abortSignal: watch.signal });
    const input = usage?.tokens;
    const tokens = input !== undefined && Number.isSafeInteger(input) && input >= 0 ? { ...nothing, input } : null;
    const vectors = vectorsOf(embeddings, texts.length);
    return vectors === undefined
      ? {
          refusal: refuse(
            'unavailable',
            `${placeOf({ ...entry, provider })} gave no vectors of one length for ${entry.model}, one a text.`,
          ),
          tokens,
        }
      : { vectors, tokens };
  } catch (cause) {
    if (watch.stopped() === 'total' || watch.stopped() === 'stall') return { refusal: late(entry), tokens: null };
    const asked = { ...entry, name: 'embeddings', provider, stallMs: entry.totalMs } as const;
    const { refusal, free } = told(asked, { cause, answered: watch.answered(), stopped: watch.stopped() }, redact);
    return { refusal, tokens: free ? nothing : null };
  } finally {
    watch.close();
  }
}

/** Undefined where it is not one vector a text, all of one length, of numbers. */
function vectorsOf(given: readonly (readonly number[])[], texts: number): readonly Float32Array[] | undefined {
  const length = given[0]?.length ?? 0;
  const right =
    given.length === texts &&
    length > 0 &&
    length <= MOST_NUMBERS &&
    given.every((vector) => vector.length === length && vector.every((value) => Number.isFinite(Math.fround(value))));
  return right ? given.map((vector) => Float32Array.from(vector)) : undefined;
}
