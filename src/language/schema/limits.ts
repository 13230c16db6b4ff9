/** Bounds that hold for every value, whatever a field says. Each projection states the same ones. */
export const limits: {
  readonly text: number;
  readonly multilineText: number;
  readonly email: number;
  readonly url: number;
  readonly items: number;
  readonly jsonDepth: number;
  readonly jsonCharacters: number;
  readonly whole: number;
} = {
  /** Code points of a text. */
  text: 10_000,
  multilineText: 100_000,
  email: 254,
  url: 2_048,
  /** Items of a list. */
  items: 1_000,
  jsonDepth: 20,
  jsonCharacters: 65_536,
  /** Largest whole number that is exact: also of minor units and of scaled decimals. */
  whole: Number.MAX_SAFE_INTEGER,
};
