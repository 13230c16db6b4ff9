/** Division to whole numbers by each rounding mode, exactly as the rule IR rounds: ties and signs as there. */
import type { Rounding } from '#kernel';
import type { Term } from './term.ts';
import { byCases, constantOf, isTable, type Terms } from './terms.ts';

/** left x 10^shift / right, a whole number; where `right` is 0 the value means nothing. */
export function quotientOf(terms: Terms, left: Term, right: Term, shift: number, rounding: Rounding): Term {
  const up = terms.scale(left, 10n ** BigInt(Math.max(shift, 0)));
  const down = terms.scale(right, 10n ** BigInt(Math.max(-shift, 0)));
  const zero = terms.int(0);
  // One of a few numbers, as the days of a month are.
  if (right.node === 'choose' && isTable(right)) return byCases(terms, right, (one) => quotientOf(terms, left, one, shift, rounding));
  const known = constantOf(down);
  if (known === 0n) return zero;
  if (known !== undefined) return rounded(terms, known < 0n ? terms.scale(up, -1n) : up, terms.int(known < 0n ? -known : known), rounding);
  if (down.low !== null && down.low >= 0n) return rounded(terms, up, down, rounding);
  const turned = terms.less(down, zero);
  const flip = (term: Term): Term => terms.choose(turned, terms.scale(term, -1n), term);
  return rounded(terms, flip(up), terms.choose(turned, terms.scale(down, -1n), down, { low: 0n }), rounding);
}

/** `by` is not negative. */
function rounded(terms: Terms, of: Term, by: Term, rounding: Rounding): Term {
  const zero = terms.int(0);
  const negative = terms.less(of, zero);
  const mirrored = (positive: (of: Term) => Term): Term =>
    terms.choose(negative, terms.scale(positive(terms.scale(of, -1n)), -1n), positive(of));
  switch (rounding) {
    case 'down':
      return mirrored((size) => terms.floor(size, by));
    case 'up':
      return mirrored((size) => terms.scale(terms.floor(terms.scale(size, -1n), by), -1n));
    case 'half-up':
      return mirrored((size) => terms.floor(terms.add(terms.scale(size, 2n), by), terms.scale(by, 2n)));
    case 'half-even': {
      const lower = terms.floor(of, by);
      const twice = terms.scale(terms.subtract(of, terms.multiply(lower, by)), 2n);
      const odd = terms.subtract(lower, terms.scale(terms.floor(lower, terms.int(2)), 2n));
      const raised = terms.or(terms.less(by, twice), terms.and(terms.equal(twice, by), terms.equal(odd, terms.int(1))));
      return terms.choose(raised, terms.add(lower, terms.int(1)), lower);
    }
  }
}
