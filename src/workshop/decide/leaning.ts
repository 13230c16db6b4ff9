/**
 * What a request leans to, by what was learnt from labelled requests (scripts/learn-decide.ts makes the weights; bench/decide/learning holds the requests).
 * Linear: the score of a need is the sum of the weights of its signs. All of it in whole numbers, so that every machine gets the same answer.
 */
import type { Signs } from './signs.ts';
import learnt from './weights.json' with { type: 'json' };

export const needs = ['nothing', 'compose', 'configure', 'code'] as const;
export type Leant = (typeof needs)[number];

/** Of each sign what it adds to each need, in hundredths, in the order of `needs`. */
export interface Weights {
  /** At this margin a change is needed for sure, at the other none is. */
  readonly sure: { readonly change: number; readonly none: number };
  readonly begin: readonly number[];
  readonly signs: { readonly [sign: string]: readonly number[] };
}
export interface Leaning {
  /** `open`: not sure enough either way. */
  readonly verdict: 'change' | 'none' | 'open';
  /** The likeliest need of the verdict; where it is open, of all. */
  readonly need: Leant;
  /** How much more speaks for a change than for none, in hundredths. */
  readonly margin: number;
  /** What was said that weighed most for it. */
  readonly weighed: readonly string[];
}

export function leaningOf(signs: Signs, weights: Weights = learnt): Leaning {
  const scores = weights.begin.map((begin) => begin * 100);
  for (const [sign, value] of signs) {
    const of = Object.hasOwn(weights.signs, sign) ? weights.signs[sign] : undefined;
    of?.forEach((weight, at) => (scores[at] = (scores[at] ?? 0) + weight * value));
  }
  const [nothing = 0, compose = 0, configure = 0, code = 0] = scores;
  const none: Leant = nothing >= compose ? 'nothing' : 'compose';
  const change: Leant = code >= configure ? 'code' : 'configure';
  const margin = Math.round((Math.max(configure, code) - Math.max(nothing, compose)) / 100);
  const verdict = margin >= weights.sure.change ? 'change' : margin <= weights.sure.none ? 'none' : 'open';
  const need = margin > 0 ? change : none;
  return { verdict, need, margin, weighed: weighedOf(signs, weights, need, margin > 0 ? none : change) };
}

const SPOKEN = /^(?:words?|begins|root):([^A-Z]+)$/;
/** The words of the request that spoke most for the one need and against the other. */
function weighedOf(signs: Signs, weights: Weights, need: Leant, other: Leant): readonly string[] {
  const [plus, minus] = [needs.indexOf(need), needs.indexOf(other)];
  const spoken = [...signs.keys()].flatMap((sign) => {
    const words = SPOKEN.exec(sign)?.[1];
    const of = Object.hasOwn(weights.signs, sign) ? weights.signs[sign] : undefined;
    return words === undefined || of === undefined ? [] : [{ words, weight: (of[plus] ?? 0) - (of[minus] ?? 0) }];
  });
  const most = spoken.filter(({ weight }) => weight > 0).toSorted((one, next) => next.weight - one.weight);
  return [...new Set(most.map(({ words }) => words))].slice(0, 3);
}
