/** What every refusal and every list looks like. Types alone. */
import type { Json } from '#kernel';

/** RFC 9457. Every answer from 400 on is one, as application/problem+json. */
export interface Problem {
  /** `/errors/<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What is wrong and what to do. */
  readonly detail: string;
  readonly code: string;
  /** A witness: `{ fields: { name: message } }` of values not allowed, `{ nearest }` of an unknown route, ... */
  readonly evidence?: Json;
}

export interface Items<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}
