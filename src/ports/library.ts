/** What retrieval looks things up in besides the system itself: documents of the organisation, earlier changes, live rows, meanings. */
import type { Refusal } from '#kernel';

/** A part of a document, whole paragraphs. `source`: path in the folder and number, as `returns.md#2`. The text is data, whatever it says. */
export interface Passage {
  readonly source: string;
  readonly text: string;
}
export interface Passages {
  /** Those that hold the most, and the rarest, of the words; likeliest first. */
  readonly passages: readonly Passage[];
  /** Of all passages: how many there are, and how many hold each word. */
  readonly total: number;
  readonly holding: ReadonlyMap<string, number>;
}
export interface Library {
  /** `weights`: what each word counts; words as the indexer makes them of a text. */
  find(weights: ReadonlyMap<string, number>, most: number): Promise<Passages>;
}

/** A change that came to serve, and may have been taken back since. */
export interface EarlierChange {
  readonly id: string;
  readonly request: string;
  readonly outcome: 'live' | 'rolled-back';
  readonly why: string;
  /** Day, as 2026-01-31. */
  readonly at: string;
  readonly files: readonly string[];
}
export interface EarlierChanges {
  /** Whose request holds some of these words (plain, lower case). */
  like(words: readonly string[], most: number): Promise<readonly EarlierChange[]>;
}

/** An entity as it is now in the live system, by name: how many rows, and the shapes of some. No text and no sensitive value of a row leaves the adapter. */
export interface LiveEntity {
  readonly count: number;
  readonly rows: readonly string[];
}
export type LiveRows = (entity: string, most: number) => Promise<LiveEntity | null>;

/** A text's place among meanings. */
export type Vector = ArrayLike<number>;
/** Meanings of texts as vectors, where a provider of models has them. */
export interface Embeddings {
  readonly name: string;
  /** One a text, all of one length. `change`: whose budget pays. A refusal: they cannot be had now, and one does without. */
  embed(texts: readonly string[], change: string): Promise<readonly Vector[] | Refusal>;
}
