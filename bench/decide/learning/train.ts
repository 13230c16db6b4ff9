/**
 * Learns from labelled requests: multinomial logistic regression with an L2 penalty, by full-batch Adam (Kingma and Ba, 2014) from zero, so that the
 * same requests give the same weights. A sign weighs by how rare it is (inverse document frequency), and the signs of a request together have the length one,
 * so that a long request says no more than a short one. What comes out is whole hundredths, and the requests themselves by their rare signs.
 */
import { type Learnt, needs, TELLING } from '#decide';
import type { Looked } from './labelled.ts';

export interface Training {
  /** Signs that fewer requests have are no signs. */
  readonly least: number;
  readonly penalty: number;
  readonly rounds: number;
}
export const usual: Training = { least: 4, penalty: 0.125, rounds: 150 };
const CLASSES = needs.length;

export type Example = Pick<Looked, 'need' | 'signs'>;
interface Row {
  readonly at: Int32Array;
  readonly value: Float64Array;
  readonly need: number;
}

export function trained(examples: readonly Example[], sure: Learnt['sure'], { least, penalty, rounds }: Training = usual): Learnt {
  const counts = countsOf(examples);
  const names = [...counts].flatMap(([name, count]) => (count >= least ? [name] : [])).toSorted();
  const place = new Map(names.map((name, at) => [name, at]));
  const rarity = names.map((name) => Math.round((Math.log((1 + examples.length) / (1 + (counts.get(name) ?? 0))) + 1) * 100));
  const placed = examples.map(({ signs }) => [...signs].flatMap((name) => place.get(name) ?? []).toSorted((one, next) => one - next));
  const rows = examples.map(({ need }, at): Row => {
    const mine = Int32Array.from(placed[at] ?? []);
    const length = Math.sqrt(mine.reduce((sum, sign) => sum + ((rarity[sign] ?? 0) / 100) ** 2, 0)) || 1;
    return { at: mine, value: Float64Array.from(mine, (sign) => (rarity[sign] ?? 0) / 100 / length), need: needs.indexOf(need) };
  });
  const weights = descended(rows, names.length, penalty, rounds);
  const of = (at: number, times: number): number[] =>
    needs.map((_, need) => Math.round((weights[at * CLASSES + need] ?? 0) * times * 100) + 0);
  const telling = (at: number): boolean => (rarity[at] ?? 0) > TELLING;
  const requestsOf = (need: string): readonly string[] =>
    examples.flatMap((example, at) => (example.need === need ? [distances((placed[at] ?? []).filter(telling))] : []));
  return {
    sure,
    begin: of(names.length, 1),
    signs: Object.fromEntries(names.map((name, at) => [name, [rarity[at] ?? 0, ...of(at, (rarity[at] ?? 0) / 100)]])),
    requests: {
      nothing: requestsOf('nothing'),
      compose: requestsOf('compose'),
      configure: requestsOf('configure'),
      code: requestsOf('code'),
    },
  };
}
function countsOf(examples: readonly Example[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { signs } of examples) for (const name of signs) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
const distances = (places: readonly number[]): string => places.map((place, at) => place - (places[at - 1] ?? -1)).join(' ');

/** The weights of all signs, need by need, and last those that every request has. */
function descended(rows: readonly Row[], signs: number, penalty: number, rounds: number): Float64Array {
  const size = (signs + 1) * CLASSES;
  const [weights, slope, mean, square] = [new Float64Array(size), new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let round = 1; round <= rounds; round++) {
    slope.fill(0);
    for (const row of rows) addSlope(row, weights, slope, signs);
    const step = 0.2 * (round < rounds * 0.6 ? 1 : round < rounds * 0.85 ? 0.3 : 0.1);
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
  const scores = new Float64Array(CLASSES);
  for (let each = 0; each < CLASSES; each++) scores[each] = weights[signs * CLASSES + each] ?? 0;
  for (let place = 0; place < at.length; place++)
    for (let each = 0; each < CLASSES; each++)
      scores[each] = (scores[each] ?? 0) + (weights[(at[place] ?? 0) * CLASSES + each] ?? 0) * (value[place] ?? 0);
  const most = Math.max(...scores);
  const likely = scores.map((score) => Math.exp(score - most));
  const sum = likely.reduce((all, each) => all + each, 0);
  const off = likely.map((each, to) => each / sum - (to === need ? 1 : 0));
  for (let each = 0; each < CLASSES; each++) slope[signs * CLASSES + each] = (slope[signs * CLASSES + each] ?? 0) + (off[each] ?? 0);
  for (let place = 0; place < at.length; place++)
    for (let each = 0; each < CLASSES; each++) {
      const to = (at[place] ?? 0) * CLASSES + each;
      slope[to] = (slope[to] ?? 0) + (off[each] ?? 0) * (value[place] ?? 0);
    }
}
