/**
 * Prices of models: the owner's own where models.json states them, else the table that ships with the product. Loaded when the first
 * price is asked for; it never asks the network. Cached input and long contexts have prices of their own in the table.
 */
import { createRequire } from 'node:module';
import type * as Prices from '@pydantic/genai-prices';
import type { Tokens } from '#change';
import type { PriceList } from '#ports';

/** US dollars a million tokens; `cached` absent: as other input. */
export interface OwnPrice {
  readonly provider: string;
  readonly model: string;
  readonly input: number;
  readonly cached?: number;
  readonly output: number;
}
const TABLE = '@pydantic/genai-prices 0.1.8';
const load = createRequire(import.meta.url);

export function priceList(own: readonly OwnPrice[] = []): PriceList {
  return {
    name: own.length === 0 ? TABLE : `own prices, then ${TABLE}`,
    usd: (tokens, provider, model) => {
      const stated = own.find((price) => price.provider === provider && price.model === model);
      return stated === undefined ? fromTable(tokens, provider, model) : byOwn(tokens, stated);
    },
  };
}

function byOwn(tokens: Tokens, price: OwnPrice): number {
  const fresh = Math.max(0, tokens.input - tokens.cached);
  return (fresh * price.input + tokens.cached * (price.cached ?? price.input) + tokens.output * price.output) / 1_000_000;
}

/** A server of one's own has no price by the name of the model that runs on it: its provider must be one of the table. */
function fromTable(tokens: Tokens, provider: string, model: string): number | null {
  const { calcPrice } = load('@pydantic/genai-prices') as typeof Prices;
  const price = calcPrice(
    { input_tokens: tokens.input, cache_read_tokens: Math.min(tokens.cached, tokens.input), output_tokens: tokens.output },
    model,
    { providerId: provider },
  );
  return price === null ? null : price.total_price;
}
