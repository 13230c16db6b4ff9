/** What tokens cost: a dated list. What it does not know is unknown, and never nothing. */
import type { Tokens } from '#change';

export interface PriceList {
  /** Names the list and its date, as it is kept with what was spent. */
  readonly name: string;
  /** US dollars; null: not in the list. */
  usd(tokens: Tokens, provider: string, model: string): number | null;
}
