/**
 * Learns weights from labelled requests: multinomial logistic regression with an L2 penalty, by full-batch Adam (Kingma and Ba, 2014) from zero, so
 * that the same requests give the same weights. What comes out is whole hundredths; signs whose weights are next to nothing are left out.
 */
import { needs, type Weights } from '#decide';
import type { Looked } from './labelled.ts';

export interface Training {
  /** Signs that fewer requests have are no signs. */
  readonly least: number;
  readonly penalty: number;
  readonly rounds: number;
}
export const usual: Training = { least: 4, penalty: 5, rounds: 120 };
const CLASSES = needs.length;
/** In hundredths: a weight smaller than this in every need says nothing. */
const SMALLEST = 5;

export type Example = Pick<Looked, 'need' | 'signs'>;
interface Row {
  readonly at: Int32Array;
  readonly value: Float64Array;
  readonly need: number;
}

export function trained(examples: readonly Example[], sure: Weights['sure'], { least, penalty, rounds }: Training = usual): Weights {
  const names = signsWith(examples, least);
  const place = new Map(names.map((name, at) => [name, at]));
  const rows = examples.map((example): Row => {
    const seen = [...example.signs].flatMap(([name, value]) => {
      const at = place.get(name);
      return at === undefined ? [] : [{ at, value: value / 100 }];
    });
    return {
      at: Int32Array.from(seen, (each) => each.at),
      value: Float64Array.from(seen, (each) => each.value),
      need: needs.indexOf(example.need),
    };
  });
  const weights = descended(rows, names.length, penalty, rounds);
  const of = (at: number): readonly number[] => needs.map((_, need) => Math.round((weights[at * CLASSES + need] ?? 0) * 100) + 0);
  return {
    sure,
    begin: of(names.length),
    signs: Object.fromEntries(
      names.flatMap((name, at) => {
        const those = of(at);
        return those.some((weight) => Math.abs(weight) >= SMALLEST) ? [[name, those]] : [];
      }),
    ),
  };
}
function signsWith(examples: readonly Example[], least: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const { signs } of examples) for (const name of signs.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].flatMap(([name, count]) => (count >= least ? [name] : [])).toSorted();
}

/** The weights of all signs, need by need, and last those that every request has. */
function descended(rows: readonly Row[], signs: number, penalty: number, rounds: number): Float64Array {
  const size = (signs + 1) * CLASSES;
  const [weights, slope, mean, square] = [new Float64Array(size), new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let round = 1; round <= rounds; round++) {
    slope.fill(0);
    for (const row of rows) addSlope(row, weights, slope, signs);
    const step = 0.05 * (round < rounds * 0.7 ? 1 : 0.2);
    const [grown, spread] = [1 / (1 - 0.9 ** round), 1 / (1 - 0.99 ** round)];
    for (let at = 0; at < size; at++) {
      const by = (slope[at] ?? 0) + (at < signs * CLASSES ? penalty * (weights[at] ?? 0) : 0);
      mean[at] = 0.9 * (mean[at] ?? 0) + 0.1 * by;
      square[at] = 0.99 * (square[at] ?? 0) + 0.01 * by * by;
      weights[at] = (weights[at] ?? 0) - (step * (mean[at] ?? 0) * grown) / (Math.sqrt((square[at] ?? 0) * spread) + 1e-8);
    }
  }
  return weights;
}
function addSlope({ at, value, need }: Row, weights: Float64Array, slope: Float64Array, signs: number): void {
  const scores = Array.from({ length: CLASSES }, (_, each) => weights[signs * CLASSES + each] ?? 0);
  at.forEach((sign, place) => {
    for (let each = 0; each < CLASSES; each++)
      scores[each] = (scores[each] ?? 0) + (weights[sign * CLASSES + each] ?? 0) * (value[place] ?? 0);
  });
  const most = Math.max(...scores);
  const likely = scores.map((score) => Math.exp(score - most));
  const sum = likely.reduce((all, each) => all + each, 0);
  const off = likely.map((each, place) => each / sum - (place === need ? 1 : 0));
  off.forEach((each, place) => (slope[signs * CLASSES + place] = (slope[signs * CLASSES + place] ?? 0) + each));
  at.forEach((sign, place) => {
    off.forEach((each, to) => (slope[sign * CLASSES + to] = (slope[sign * CLASSES + to] ?? 0) + each * (value[place] ?? 0)));
  });
}
