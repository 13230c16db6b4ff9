/**
 * Grammar rules as data, and the builders that make them. A rule is a frozen record; the chart alone knows how to
 * derive it. Templates keep the grammar readable: `(a|b c)` is a choice, `[x]` may be absent, `{slot}` is a rule.
 */
import type { Token } from './lexer.ts';
import type { Request } from './request.ts';
import type { Lookup } from './vocabulary.ts';

/** Why words that have the right shape mean nothing here: "an invoice has no tier". */
export class Problem {
  readonly why: string;
  /** A question that would settle it: complete sentences cannot be given for a fragment, so words to put in its place. */
  readonly ask: Ask | undefined;
  /** It tells why even where it is of a few words of the sentence. */
  readonly telling: boolean;
  constructor(why: string, ask?: Ask, telling = false) {
    this.why = why;
    this.ask = ask;
    this.telling = telling;
  }
}
/** What to put in the place of the words that the failed rule covered, or whole requests that could be meant. */
export interface Ask {
  readonly why: string;
  readonly instead?: readonly string[];
  readonly requests?: readonly Request[];
  readonly sequences?: readonly (readonly Request[])[];
  /** Where the words stand, if not where the rule does. */ readonly span?: readonly [number, number];
}

export interface Result {
  readonly end: number;
  readonly value: unknown;
}
export interface Place {
  readonly lookup: Lookup;
  readonly tokens: readonly Token[];
}

declare const out: unique symbol;
export type Rule<T> = Shape & { readonly [out]?: T };
type OutOf<R> = R extends Rule<infer T> ? T : never;

export type Shape =
  | { readonly kind: 'words'; readonly words: ReadonlySet<string> }
  | { readonly kind: 'mark'; readonly mark: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Shape[] }
  | { readonly kind: 'either'; readonly of: readonly Shape[] }
  | { readonly kind: 'maybe'; readonly of: Shape }
  | { readonly kind: 'slot'; readonly name: string; readonly of: Shape }
  | { readonly kind: 'build'; readonly of: Shape; readonly build: (value: unknown, place: Place, from: number, to: number) => unknown }
  | { readonly kind: 'look'; readonly what: string; readonly look: (place: Place, at: number) => readonly Result[] }
  | { readonly kind: 'named'; readonly name: string; readonly of: () => Shape };

type Bound<S> = { readonly [K in keyof S]: OutOf<S[K]> };

/** A template with its slots, and what it means; `undefined` is no meaning, a `Problem` says why. */
export function phrase<S extends { readonly [slot: string]: Rule<unknown> }, R>(
  template: string,
  slots: S,
  build: (bound: Bound<S>, place: Place, from: number, to: number) => R,
): Rule<Exclude<R, Problem | undefined>> {
  return { kind: 'build', of: compile(template, slots), build: (value, place, from, to) => build(value as Bound<S>, place, from, to) };
}
export const either = <R extends readonly Rule<unknown>[]>(...of: R): Rule<OutOf<R[number]>> => ({ kind: 'either', of });
/** Memoised, and lazy so that rules may name each other. No rule may begin with itself. */
export const named = <T>(name: string, of: () => Rule<T>): Rule<T> => {
  let made: Rule<T> | undefined;
  return { kind: 'named', name, of: () => (made ??= of()) };
};
/** A rule that another file gives its meaning: for grammars that hold each other. */
export function hole<T>(name: string): { readonly rule: Rule<T>; fill(rule: Rule<T>): void } {
  let filled: Rule<T> | undefined;
  return {
    rule: named(name, () => {
      if (filled === undefined) throw new TypeError(`the rule ${name} has no meaning yet`);
      return filled;
    }),
    fill: (rule) => {
      filled = rule;
    },
  };
}
/** A slot that stands in brackets in its template. */
export const optional = <T>(of: Rule<T>): Rule<T | undefined> => of;
/** Any of these words or phrases; its value is `value`. */
export const said = <const T>(template: string, value: T): Rule<T> => phrase(template, {}, () => value);
export const look = <T>(
  what: string,
  find: (place: Place, at: number) => readonly { readonly end: number; readonly value: T }[],
): Rule<T> => ({ kind: 'look', what, look: find });
export const token = (...kinds: readonly Token['kind'][]): Rule<Token> =>
  look(kinds.join(' or '), ({ tokens }, at) => {
    const found = tokens[at];
    return found !== undefined && kinds.includes(found.kind) ? [{ end: at + 1, value: found }] : [];
  });

/** "a, b and c" (also "a, b, and c"); `word` joins the last two. Two or more where `least` is 2. */
export function listOf<T>(name: string, item: Rule<T>, joins: string, least = 1): Rule<readonly T[]> {
  const tail: Rule<readonly T[]> = named(`${name} tail`, () =>
    either(
      phrase(`${joins} {last}`, { last: item }, ({ last }): readonly T[] => [last]),
      phrase(', {next} {rest}', { next: item, rest: tail }, ({ next, rest }): readonly T[] => [next, ...rest]),
    ),
  );
  const several = phrase('{first} {rest}', { first: item, rest: tail }, ({ first, rest }): readonly T[] => [first, ...rest]);
  return named(name, () =>
    least > 1
      ? several
      : either(
          phrase('{only}', { only: item }, ({ only }): readonly T[] => [only]),
          several,
        ),
  );
}

function compile(template: string, slots: { readonly [slot: string]: Shape }): Shape {
  const pieces = template.match(/\{\w+\}|[()[\]|,;:]|'s|'|[^\s()[\]|,;:{}]+/g) ?? [];
  let at = 0;
  const sequence = (): Shape => {
    const parts: Shape[] = [];
    for (let piece = pieces[at]; piece !== undefined && !['|', ')', ']'].includes(piece); piece = pieces[at]) {
      at += 1;
      if (piece === '(' || piece === '[') {
        const inner = alternatives();
        if (pieces[at] !== (piece === '(' ? ')' : ']')) throw new SyntaxError(`unbalanced template: ${template}`);
        at += 1;
        parts.push(piece === '(' ? inner : { kind: 'maybe', of: inner });
      } else if (piece.startsWith('{')) {
        const name = piece.slice(1, -1);
        const of = slots[name];
        if (of === undefined) throw new SyntaxError(`no slot ${name}: ${template}`);
        parts.push({ kind: 'slot', name, of });
      } else if (/^[,;:]$|^'s?$/.test(piece)) parts.push({ kind: 'mark', mark: piece });
      else parts.push({ kind: 'words', words: new Set([piece]) });
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'sequence', parts };
  };
  const alternatives = (): Shape => {
    const of = [sequence()];
    while (pieces[at] === '|') {
      at += 1;
      of.push(sequence());
    }
    const plain = of.every((shape) => shape.kind === 'words');
    if (plain) return { kind: 'words', words: new Set(of.flatMap((shape) => (shape.kind === 'words' ? [...shape.words] : []))) };
    return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'either', of };
  };
  const made = alternatives();
  if (at < pieces.length) throw new SyntaxError(`unbalanced template: ${template}`);
  return made;
}
