/** The requests that are most like one, of those that were learnt from, and what they needed. Like: by the angle between their rare signs. */
import type { Signs } from './signs.ts';

/** What is read here of what was learnt: see `Learnt` of leaning.ts. */
interface Examples {
  readonly signs: { readonly [sign: string]: readonly number[] };
  readonly requests: { readonly [need: string]: readonly string[] };
}

/** So many of the likest have a vote, each by the cube of how like it is. */
const VOTERS = 30;
/** Rarer than this, in hundredths, is what fewer than half of the requests have: 1 + ln 2. */
export const TELLING = 169;

interface Remembered {
  /** Of each sign its place. */
  readonly places: ReadonlyMap<string, number>;
  readonly rarities: readonly number[];
  /** Of each place the requests that have it. */
  readonly having: readonly (readonly number[])[];
  /** Of each request what it needed, as a place in `needs`, and the length of its signs. */
  readonly needed: readonly number[];
  readonly lengths: readonly number[];
}

/** Of the votes the share of each need, in the order of `needs`; all 0 where nothing is like it. */
export function votesOf(signs: Signs, learnt: Examples): readonly number[] {
  const { places, rarities, having, needed, lengths } = remembered(learnt);
  const alike = new Float64Array(needed.length);
  let square = 0;
  for (const sign of signs) {
    const place = places.get(sign);
    const rarity = (place === undefined ? 0 : (rarities[place] ?? 0)) / 100;
    if (place === undefined || rarity * 100 <= TELLING) continue;
    square += rarity ** 2;
    for (const request of having[place] ?? []) alike[request] = (alike[request] ?? 0) + rarity ** 2;
  }
  alike.forEach((sum, request) => (alike[request] = sum / ((lengths[request] ?? 1) * Math.sqrt(square) || 1)));
  const likest = [...alike.keys()]
    .filter((request) => (alike[request] ?? 0) > 0)
    .toSorted((one, other) => (alike[other] ?? 0) - (alike[one] ?? 0))
    .slice(0, VOTERS);
  const votes = Object.keys(learnt.requests).map(() => 0);
  let all = 0;
  for (const request of likest) {
    const vote = (alike[request] ?? 0) ** 3;
    const need = needed[request] ?? 0;
    votes[need] = (votes[need] ?? 0) + vote;
    all += vote;
  }
  return votes.map((vote) => vote / (all || 1));
}

const kept = new WeakMap<Examples, Remembered>();
function remembered(learnt: Examples): Remembered {
  const before = kept.get(learnt);
  if (before !== undefined) return before;
  const names = Object.keys(learnt.signs);
  const rarities = names.map((name) => learnt.signs[name]?.[0] ?? 0);
  const having: number[][] = names.map(() => []);
  const needed: number[] = [];
  const lengths: number[] = [];
  Object.values(learnt.requests).forEach((requests, need) => {
    for (const request of requests) {
      let [place, square] = [-1, 0];
      for (const distance of request === '' ? [] : request.split(' ')) {
        place += Number(distance);
        having[place]?.push(needed.length);
        square += ((rarities[place] ?? 0) / 100) ** 2;
      }
      lengths.push(Math.sqrt(square));
      needed.push(need);
    }
  });
  const made = { places: new Map(names.map((name, place) => [name, place])), rarities, having, needed, lengths };
  kept.set(learnt, made);
  return made;
}
