/**
 * Mutants that take a whole expression, or a whole arm of a choice, away: in its place stands a value that says nothing. Why:
 * small mutants can be equivalent to what they replace; if nobody notices that all of it is gone, nobody has looked at it.
 * (R. Niedermayr, E. Juergens, S. Wagner, "Will my tests tell me if I break this code?", 2016: extreme mutation.)
 */
import type { Expression, ValueType } from '#kernel';
import { partsOf, withParts } from '#rules';

export interface ExtremeMutant {
  readonly expression: Expression;
  readonly description: string;
}

/** None of an expression that only reads a value: the type checker has seen that it is there. */
export function extremeMutants(expression: Expression): readonly ExtremeMutant[] {
  if (onlyReads(expression)) return [];
  const mutants: ExtremeMutant[] = [];
  const visit = (at: Expression, rebuild: (changed: Expression) => Expression, what: string): void => {
    for (const value of nothingsOf(at.type)) {
      if (at.node !== 'constant' || at.value !== value)
        mutants.push({
          expression: rebuild({ node: 'constant', type: at.type, value }),
          description: `${what} became ${JSON.stringify(value)}`,
        });
    }
    if (at.node !== 'condition') return;
    const put =
      (place: number) =>
      (changed: Expression): Expression => {
        let index = 0;
        return rebuild(withParts(at, (part) => (index++ === place ? changed : part)));
      };
    const [, then, otherwise] = partsOf(at);
    if (then !== undefined) visit(then, put(1), 'the value where it holds');
    if (otherwise !== undefined) visit(otherwise, put(2), 'the value otherwise');
  };
  visit(expression, (changed) => changed, 'all of it');
  return mutants;
}

const onlyReads = (expression: Expression): boolean =>
  ['input', 'field', 'follow', 'constant', 'today'].includes(expression.node) && partsOf(expression).every(onlyReads);

function nothingsOf(type: ValueType): readonly (boolean | number | string | null)[] {
  if (type.kind === 'boolean') return [true, false];
  if (type.optional) return [null];
  if (type.kind === 'number' || type.kind === 'duration' || type.kind === 'date' || type.kind === 'instant') return [0];
  return type.kind === 'text' ? [''] : [];
}
