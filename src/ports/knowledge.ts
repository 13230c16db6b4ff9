/** What is worth knowing about a question: code, earlier changes, documents, live schema and masked rows, within so many tokens. */
import type { Json } from '#kernel';
import type { Piece } from './generator.ts';

export interface Sought {
  readonly question: string;
  /** At most, by the estimate of four characters a token. */
  readonly tokens: number;
  /** Components that are known to matter, as `kind/name`: those of the scope. */
  readonly components: readonly string[];
  /** The SystemReading and the files of the generation that is asked about. */
  readonly reading: Json;
  readonly sources: { readonly [path: string]: string };
  /** Whose budget pays for what costs; absent: nothing that costs is asked. */
  readonly change?: string;
  /** Told what had to be done without, and why, for the record. */
  readonly without?: (what: string) => void;
}
export interface Knowledge {
  /** Most useful first. */
  find(sought: Sought): Promise<readonly Piece[]>;
}
