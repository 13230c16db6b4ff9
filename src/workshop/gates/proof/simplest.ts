/** A simpler row that shows the same: each value goes towards 0 for as long as the row still speaks. For the eyes of a person. */
import { type Encoded, type Point, type Term, type TermValue, variablesOf } from '#rules/smt';

const MOST_TRIES = 400;
const MOST_MS = 40;

export function simplest(point: Point, encoded: Encoded, speaks: (point: Point) => boolean): Point {
  const began = performance.now();
  const best = new Map(point);
  let tries = 0;
  const attempt = (term: Term, value: TermValue): boolean => {
    const before = best.get(term);
    if (before === value || tries >= MOST_TRIES || performance.now() - began > MOST_MS) return false;
    if (typeof value === 'bigint' && ((term.low !== null && value < term.low) || (term.high !== null && value > term.high))) return false;
    tries += 1;
    best.set(term, value);
    if (speaks(best)) return true;
    if (before === undefined) best.delete(term);
    else best.set(term, before);
    return false;
  };
  const ids = new Set([...encoded.encoder.rows.known.values()].map((row) => row.id));
  for (const term of variablesOf([encoded.spoken, encoded.against])) {
    const value = best.get(term);
    if (typeof value !== 'bigint' || ids.has(term)) {
      if (value === true) attempt(term, false);
      continue;
    }
    const rounded = [0n, 1n, term.low ?? 0n, 100n, 1_000n, 10_000n, 100_000n, 1_000_000n];
    if (rounded.some((simple) => size(simple) < size(value) && attempt(term, simple))) continue;
    for (let step = size(value) / 2n; step > 0n; step /= 2n) {
      const now = best.get(term);
      if (typeof now === 'bigint') attempt(term, now > 0n ? now - step : now + step);
    }
  }
  return best;
}
const size = (value: bigint): bigint => (value < 0n ? -value : value);
