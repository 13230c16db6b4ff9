/** What a request for a quality asks: reads that should be faster, a time to keep to, less memory. */
import type { EntityContract } from '#kernel';
import type { Question } from '#ports';

/** What is to be measured: one read, or all that are known of an entity where `question` is absent. */
export interface Subject {
  readonly entity: EntityContract;
  readonly question?: Question;
}
export type QualityWish =
  | { readonly kind: 'faster'; readonly subject: Subject }
  | { readonly kind: 'within'; readonly subject: Subject; readonly milliseconds: number }
  /** It need not answer in a given time any more. */
  | { readonly kind: 'anyhow'; readonly subject: Subject }
  | { readonly kind: 'memory'; readonly entity?: EntityContract }
  | { readonly kind: 'without-index'; readonly subject: Subject }
  /** An operation, whose body no index makes faster by itself. */
  | { readonly kind: 'operation'; readonly name: string; readonly milliseconds?: number }
  /** It speaks of speed and of this entity, and holds words that are not read. */
  | { readonly kind: 'unclear'; readonly entity: EntityContract; readonly words: string; readonly milliseconds?: number };
