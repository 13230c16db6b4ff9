/** What a request wants of theseus.json, before anybody wrote a line of it. */
import type { Json, Settings } from '#kernel';
import type { StrategyPoint } from '#model';

export interface Edit {
  /** Members of theseus.json from the outside in. */
  readonly path: readonly string[];
  /** Undefined takes the member away. */
  readonly value: Json | undefined;
  /** What is in force now. */
  readonly was: Json;
}
export type Wish =
  /** `sentence` says the whole wish in words that are read to exactly it. */
  | { readonly kind: 'set'; readonly of: 'policy' | 'strategy'; readonly edits: readonly Edit[]; readonly sentence: string }
  | { readonly kind: 'refused'; readonly why: string };

/** A point with the words that say what it is about. */
export interface KnownPoint extends StrategyPoint {
  readonly what: string;
}
export interface Asked {
  /** The request in plain words. */
  readonly plain: string;
  readonly settings: Settings;
  readonly points: readonly KnownPoint[];
  /** Roles that the request names, in its order. */
  readonly roles: readonly string[];
  /** Whether it speaks of rows, fields or operations of the system. */
  readonly ofThings: boolean;
}
/** One part of theseus.json: what the request wants of it, or nothing. */
export type Topic = (asked: Asked) => Wish | undefined;

export const set = (sentence: string, ...edits: readonly Edit[]): Wish => ({ kind: 'set', of: 'policy', edits, sentence });
export const refusedWish = (why: string): Wish => ({ kind: 'refused', why });
/** The number that stands where the pattern's first group is. */
export function numberAt(plain: string, pattern: RegExp): number | undefined {
  const found = pattern
    .exec(plain)
    ?.slice(1)
    .find((group) => group !== undefined);
  return found === undefined ? undefined : Number(found);
}
/** "a, b and c". */
export const all = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
/** Whether something is taken away or denied. */
export const denies = (plain: string): boolean =>
  /\b(?:not|no longer|never|stop|stops|forbid|forbidden|without|nobody|any ?more|(?:take|taken|takes) .*\baway|lose|loses|revoke|withdraw|remove)\b/.test(
    plain.replace(/\bnot only\b/g, ''),
  );
export const isOnly = (plain: string): boolean =>
  /\bonly\b(?! read\b| see\b| look\b)|\b(?:nobody|no 1|none) (?:but|except|other than)\b|\bnobody else\b|\bnobody\b.*\bexcept\b|\balone\b/.test(
    plain.replace(/\bnot only\b/g, ''),
  );
