/**
 * The chart: every way to derive a rule from a place in the request, each kept once. Top-down, memoised on rule and
 * place, so that its work is bounded by rules x places x readings. Equal values over the same words are one.
 * What it promises: only derivations that cover every token to the end are readings; nothing is skipped.
 */
import { canonicalJson } from '#kernel';
import { couldBegin, optionsFor } from './first-words.ts';
import type { Token } from './lexer.ts';
import { type Place, Problem, type Result, type Rule, type Shape } from './rule.ts';
import type { Lookup } from './vocabulary.ts';

export interface Found {
  readonly problem: Problem;
  readonly from: number;
  readonly to: number;
}
export interface Chart<T> {
  readonly readings: readonly T[];
  /** Places where the words had a shape that has no meaning in this system, longest first. */
  readonly problems: readonly Found[];
  /** The first token that no derivation could use. */
  readonly stuckAt: number;
}

/** More derivations than this and the sentence counts as not understood. */
const MOST_DERIVATIONS = 60_000;

export function readAll<T>(rule: Rule<T>, tokens: readonly Token[], lookup: Lookup): Chart<T> {
  const place: Place = { lookup, tokens };
  const memo = new Map<Shape, Map<number, readonly Result[]>>();
  const problems: Found[] = [];
  let stuckAt = 0;
  let steps = 0;

  const derive = (shape: Shape, at: number): readonly Result[] => {
    steps += 1;
    if (steps > MOST_DERIVATIONS) return [];
    switch (shape.kind) {
      case 'words': {
        const token = tokens[at];
        if (token?.kind === 'word' && shape.words.has(token.text)) return [{ end: at + 1, value: NOTHING }];
        return stuck(at);
      }
      case 'mark': {
        const token = tokens[at];
        return token?.kind === 'mark' && token.text === shape.mark ? [{ end: at + 1, value: NOTHING }] : stuck(at);
      }
      case 'sequence': {
        let states: readonly Result[] = [{ end: at, value: NOTHING }];
        for (const part of shape.parts) {
          const next: Result[] = [];
          for (const state of states) {
            for (const result of derive(part, state.end)) next.push({ end: result.end, value: merge(state.value, result.value) });
          }
          if (next.length === 0) return next;
          states = next;
        }
        return states;
      }
      case 'either': {
        const options = optionsFor(shape, tokens[at]);
        if (options.length < shape.of.length) stuck(at);
        return options.flatMap((option) => derive(option, at));
      }
      case 'maybe':
        return [{ end: at, value: NOTHING }, ...(couldBegin(shape.of, tokens[at]) ? derive(shape.of, at) : stuck(at))];
      case 'slot':
        return derive(shape.of, at).map((result) => ({ end: result.end, value: { [shape.name]: result.value } }));
      case 'look': {
        const found = shape.look(place, at);
        return found.length === 0 ? stuck(at) : found;
      }
      case 'build': {
        const built: Result[] = [];
        for (const result of derive(shape.of, at)) {
          const value = shape.build(result.value, place, at, result.end);
          if (value instanceof Problem) problems.push({ problem: value, from: at, to: result.end });
          else if (value !== undefined) built.push({ end: result.end, value });
        }
        return built;
      }
      case 'named': {
        const places = memo.get(shape) ?? new Map<number, readonly Result[]>();
        memo.set(shape, places);
        const known = places.get(at);
        if (known !== undefined) return known;
        places.set(at, []);
        const found = unique(derive(shape.of(), at));
        places.set(at, found);
        return found;
      }
    }
  };
  const stuck = (at: number): readonly Result[] => {
    if (at > stuckAt) stuckAt = at;
    return [];
  };

  const whole = unique(derive(rule, 0)).filter((result) => result.end === tokens.length);
  return {
    readings: steps > MOST_DERIVATIONS ? [] : whole.map((result) => result.value as T),
    problems: problems.toSorted((a, b) => b.to - b.from - (a.to - a.from)),
    stuckAt,
  };
}

const NOTHING: object = Object.freeze({});
const merge = (left: unknown, right: unknown): unknown => {
  if (left === NOTHING) return right;
  if (right === NOTHING) return left;
  return { ...(left as object), ...(right as object) };
};
function unique(results: readonly Result[]): readonly Result[] {
  if (results.length < 2) return results;
  const seen = new Map<string, Result>();
  for (const result of results) {
    const key = `${result.end} ${canonicalJson(result.value)}`;
    if (!seen.has(key)) seen.set(key, result);
  }
  return [...seen.values()];
}
