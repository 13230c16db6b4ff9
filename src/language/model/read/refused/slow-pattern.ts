/**
 * Can matching take for ever? A backtracking matcher is slow where one text can be taken in many ways. Two criteria, both on the
 * safe side:
 * 1. Inside a repetition there is never a choice between two ways on the same character (Brüggemann-Klein and Wood, "One-unambiguous
 *    regular languages", in the strong form that also tells the inner loop from the outer one). So nothing grows exponentially.
 * 2. In the whole pattern at most two unbounded repetitions compete for the same character with what follows them. So
 *    nothing grows faster than a low power of the length, which the caps of a call bound.
 */
import { type CharacterSet, overlap } from './character-set.ts';
import { type Pattern, PatternRefused, readPattern } from './pattern.ts';

const mostPlaces = 2_000;
const mostCompeting = 2;
const mostUnrolled = 64;
/** So many turns of what ends by itself are few enough, however they are taken. */
const fewTurns = 4;

/** Why a pattern is refused, or undefined. */
export function slowPattern(source: string, flags: string): string | undefined {
  try {
    return slow(readPattern(source, flags));
  } catch (cause) {
    if (cause instanceof PatternRefused) return `it holds ${cause.message}, which is not taken here`;
    throw cause;
  }
}

function slow(pattern: Pattern): string | undefined {
  for (const part of everyPart(pattern)) {
    if (part.kind === 'nothing' && part.within !== undefined) {
      const inner = slow(part.within);
      if (inner !== undefined) return inner;
    }
    if (part.kind !== 'repeat' || part.max <= 1 || fixed(part.of) || (part.max <= fewTurns && bounded(part.of))) continue;
    const ways = waysThrough({ kind: 'repeat', of: part.of, min: 0, max: Infinity });
    if (ways.nullable || ways.emptyTurns || ways.competing > 0)
      return 'inside a repetition the same text can be taken in several ways, so that the time can double with each character';
  }
  return waysThrough(pattern).competing > mostCompeting
    ? `more than ${mostCompeting} repetitions compete for the same characters, so that the time grows with a high power of the length`
    : undefined;
}

function* everyPart(pattern: Pattern): Generator<Pattern> {
  yield pattern;
  if (pattern.kind === 'sequence') for (const part of pattern.parts) yield* everyPart(part);
  if (pattern.kind === 'choice') for (const option of pattern.options) yield* everyPart(option);
  if (pattern.kind === 'repeat') yield* everyPart(pattern.of);
}
/** Single characters in a row: there is one way through. */
const fixed = (pattern: Pattern): boolean =>
  pattern.kind === 'set' || (pattern.kind === 'sequence' && pattern.parts.length > 0 && pattern.parts.every((part) => part.kind === 'set'));

const bounded = (pattern: Pattern): boolean => [...everyPart(pattern)].every((part) => part.kind !== 'repeat' || part.max < Infinity);

interface Part {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}
interface Ways {
  /** Of the inside of a repetition: whether a turn of it can take nothing. */
  readonly emptyTurns: boolean;
  readonly nullable: boolean;
  /** Places in endless repetitions that have two ways on with the same character. */
  readonly competing: number;
}

/** The places of a pattern, and from each the ways on; a repetition's own way back counts as a way, also to the same place. */
function waysThrough(whole: Pattern): Ways {
  const sets: CharacterSet[] = [];
  const on: number[][] = [];
  const torn = new Set<number>();
  const endless = new Set<number>();
  let emptyTurns = false;
  let startTorn = 0;

  const lead = (from: readonly number[], to: readonly number[]): void => {
    for (const place of from) {
      const ways = on[place] ?? [];
      for (const next of to) {
        if (ways.some((other) => meet(other, next))) torn.add(place);
        ways.push(next);
      }
    }
  };
  const meet = (a: number, b: number): boolean => overlap(sets[a] ?? [], sets[b] ?? []);
  function lay(pattern: Pattern): Part {
    switch (pattern.kind) {
      case 'nothing':
        return { nullable: true, first: [], last: [] };
      case 'set': {
        if (sets.length >= mostPlaces) throw new PatternRefused('too many parts');
        const place = sets.push(pattern.set) - 1;
        on.push([]);
        return { nullable: false, first: [place], last: [place] };
      }
      case 'sequence':
        return inTurn(pattern.parts);
      case 'choice': {
        const options = pattern.options.map(lay);
        return {
          nullable: options.some((option) => option.nullable),
          first: options.flatMap((option) => option.first),
          last: options.flatMap((option) => option.last),
        };
      }
      case 'repeat': {
        const { of, min, max } = pattern;
        if (max === 0) return { nullable: true, first: [], last: [] };
        if (min === max && min <= mostUnrolled) return inTurn(Array.from({ length: min }, () => of));
        const before = sets.length;
        const inner = lay(of);
        if (max === Infinity) for (let place = before; place < sets.length; place += 1) endless.add(place);
        if (max > 1) lead(inner.last, inner.first);
        if (max > 1 && inner.nullable) emptyTurns = true;
        return { ...inner, nullable: inner.nullable || min === 0 };
      }
    }
  }
  function inTurn(parts: readonly Pattern[]): Part {
    let whole: Part = { nullable: true, first: [], last: [] };
    for (const part of parts) {
      const next = lay(part);
      lead(whole.last, next.first);
      whole = {
        nullable: whole.nullable && next.nullable,
        first: whole.nullable ? [...whole.first, ...next.first] : whole.first,
        last: next.nullable ? [...whole.last, ...next.last] : next.last,
      };
    }
    return whole;
  }

  const { nullable, first } = lay(whole.kind === 'repeat' && whole.max === Infinity && whole.min === 0 ? { ...whole, min: 1 } : whole);
  for (const [at, place] of first.entries()) if (first.slice(at + 1).some((other) => meet(place, other))) startTorn = 1;
  return { emptyTurns, nullable, competing: torn.intersection(endless).size + (whole.kind === 'repeat' ? startTorn : 0) };
}
