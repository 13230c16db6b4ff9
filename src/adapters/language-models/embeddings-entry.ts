/**
 * The one model that gives meanings of texts, as `models.json` or the environment names it: `embeddings`, at an endpoint of the OpenAI
 * kind. Its key is named by variable and never stands here.
 */
import { createHash } from 'node:crypto';

export interface EmbeddingsEntry {
  readonly model: string;
  readonly url: string;
  /** The variable that holds the key. */
  readonly key?: { readonly env: string };
  /** What is looked up waits no longer, for all calls together. */
  readonly totalMs: number;
  /** US dollars for a million tokens, above the price list that ships. */
  readonly price?: { readonly input: number };
}

/** Vectors of one model at one address: no others can be compared with them. */
export const spaceOf = ({ model, url }: EmbeddingsEntry): string => createHash('sha256').update(`${url}\n${model}`).digest('hex');
