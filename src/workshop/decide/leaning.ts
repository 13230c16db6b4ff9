/**
 * What a request leans to, by what was learnt from labelled requests (scripts/learn-decide.ts makes learnt.json; bench/decide/learning holds the requests).
 * The score of a need is the sum of the weights of its signs, and the vote of the requests that are most like it. Stored are whole numbers, and nothing
 * but sums, products, quotients and square roots is made of them: every machine gets the same answer.
 */
import learntHere from './learnt.json' with { type: 'json' };
import { votesOf } from './likest.ts';
import type { Signs } from './signs.ts';

export const needs = ['nothing', 'compose', 'configure', 'code'] as const;
export type Leant = (typeof needs)[number];

export interface Learnt {
  /** At this margin a change is needed for sure, at the other none is. */
  readonly sure: { readonly change: number; readonly none: number };
  readonly begin: readonly number[];
  /** Of each sign how rare it is and what it adds to each need, in hundredths, the latter in the order of `needs`. */
  readonly signs: { readonly [sign: string]: readonly number[] };
  /** What was learnt from, by need: the places in `signs` of what a request has and few others have, each as its distance from the one before. */
  readonly requests: { readonly [Need in Leant]: readonly string[] };
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

/** How much the vote of the likest requests weighs: so much for a need that all of them had, in hundredths. */
const VOTES = 400;

export function leaningOf(signs: Signs, learnt: Learnt = learntHere): Leaning {
  const known = [...signs].flatMap((sign) => (Object.hasOwn(learnt.signs, sign) ? [learnt.signs[sign] ?? []] : []));
  const length = Math.sqrt(known.reduce((sum, [rarity = 0]) => sum + (rarity / 100) ** 2, 0)) || 1;
  const votes = votesOf(signs, learnt);
  const [nothing = 0, compose = 0, configure = 0, code = 0] = needs.map(
    (_, at) => (learnt.begin[at] ?? 0) + known.reduce((sum, of) => sum + (of[at + 1] ?? 0), 0) / length + VOTES * (votes[at] ?? 0),
  );
  const none: Leant = nothing >= compose ? 'nothing' : 'compose';
  const change: Leant = code >= configure ? 'code' : 'configure';
  const margin = Math.round(Math.max(configure, code) - Math.max(nothing, compose));
  const verdict = margin >= learnt.sure.change ? 'change' : margin <= learnt.sure.none ? 'none' : 'open';
  const need = margin > 0 ? change : none;
  return { verdict, need, margin, weighed: weighedOf(signs, learnt, need, margin > 0 ? none : change) };
}

const SPOKEN = /^(?:words?|begins|root):([^A-Z]+)$/;
/** The words of the request that spoke most for the one need and against the other. */
function weighedOf(signs: Signs, learnt: Learnt, need: Leant, other: Leant): readonly string[] {
  const [plus, minus] = [needs.indexOf(need) + 1, needs.indexOf(other) + 1];
  const spoken = [...signs].flatMap((sign) => {
    const words = SPOKEN.exec(sign)?.[1];
    const of = Object.hasOwn(learnt.signs, sign) ? learnt.signs[sign] : undefined;
    return words === undefined || of === undefined ? [] : [{ words, weight: (of[plus] ?? 0) - (of[minus] ?? 0) }];
  });
  const most = spoken.filter(({ weight }) => weight > 0).toSorted((one, next) => next.weight - one.weight);
  return [...new Set(most.map(({ words }) => words))].slice(0, 3);
}
