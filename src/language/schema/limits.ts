/** Bounds that hold for every value, whatever a field says. Each projection states the same ones. */
export const limits: {
  readonly text: number;
  readonly multilineText: number;
  readonly email: number;
  readonly url: number;
  readonly items: number;
  readonly jsonDepth: number;
  readonly jsonCharacters: number;
  readonly spokenCharacters: number;
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
  /** Of a json that a row keeps: it stands in the row, and before and after each change in the journal. */
  jsonCharacters: 65_536,
  /** Of a json that an operation is given or answers, which no row keeps: the caps of the door and of the call lie below. */
  spokenCharacters: 8_000_000,
  /** Largest whole number that is exact: also of minor units and of scaled decimals. */
  whole: Number.MAX_SAFE_INTEGER,
};
