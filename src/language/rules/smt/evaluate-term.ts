/** The exact value of a term where its variables have values: what a script says, without a solver. Opaque terms count by definition. */
import type { Term } from './term.ts';
import { floorOf } from './terms.ts';

export type TermValue = bigint | boolean;
export type Point = ReadonlyMap<Term, TermValue>;

/** Evaluates many terms at one point; what they share is computed once. A variable without a value is what is nearest to 0 in its interval, or false. */
export function evaluatorAt(point: Point): { readonly number: (term: Term) => bigint; readonly truth: (term: Term) => boolean } {
  const known = new Map<Term, TermValue>(point);
  const value = (term: Term): TermValue => {
    const before = known.get(term);
    if (before !== undefined) return before;
    const found = compute(term);
    known.set(term, found);
    return found;
  };
  const number = (term: Term): bigint => {
    const found = value(term);
    if (typeof found !== 'bigint') throw new TypeError('a truth stands where a number must');
    return found;
  };
  const truth = (term: Term): boolean => value(term) === true;
  const compute = (term: Term): TermValue => {
    switch (term.node) {
      case 'linear':
        return term.parts.reduce((sum, part) => sum + part.times * number(part.of), term.constant);
      case 'variable':
        return term.sort === 'Int' ? nearZero(term) : false;
      case 'opaque':
        return value(term.opaque.definition());
      case 'product':
        return number(term.left) * number(term.right);
      case 'floor': {
        const by = number(term.by);
        return by < 1n ? 0n : floorOf(number(term.of), by);
      }
      case 'choose':
        return number(truth(term.when) ? term.then : term.otherwise);
      case 'truth':
        return term.value;
      case 'not':
        return !truth(term.of);
      case 'and':
        return term.of.every(truth);
      case 'or':
        return term.of.some(truth);
      case 'nonnegative':
        return number(term.of) >= 0n;
      case 'zero':
        return number(term.of) === 0n;
      case 'same':
        return truth(term.left) === truth(term.right);
    }
  };
  return { number, truth };
}

export const nearZero = ({ low, high }: Term): bigint => (low !== null && low > 0n ? low : high !== null && high < 0n ? high : 0n);
