/**
 * What is left of a guard once some of what it reads is known: the state of the row, that of the rows it refers to, facts that nobody
 * changes. Says the same as the guard for every row in which that is so; what is left of most is yes or no, and no solver is asked.
 */
import type { Expression, PermanentId } from '#kernel';
import { withParts } from '#rules';

/** The value of a field of the row, or of the row that its field `by` refers to: a choice, yes or no, or null where there is none. */
export interface Known {
  readonly by?: PermanentId;
  readonly field: PermanentId;
  readonly value: string | boolean | null;
}

/** Where an expression reads a field of the row itself, or of the row that one of its references points to. */
export function placeOf(at: Expression): Pick<Known, 'by' | 'field'> | undefined {
  if (at.node !== 'field') return undefined;
  if (isRow(at.of)) return { field: at.id };
  return at.of.node === 'follow' && at.of.of.node === 'field' && isRow(at.of.of.of) ? { by: at.of.of.id, field: at.id } : undefined;
}
const isRow = (at: Expression): boolean => at.node === 'input' && at.name === 'row';

export function residueOf(expression: Expression, known: readonly Known[]): Expression {
  const visit = (at: Expression): Expression => {
    const place = placeOf(at);
    const value = place === undefined ? undefined : known.find(({ by, field }) => by === place.by && field === place.field)?.value;
    return value === undefined ? folded(withParts(at, visit)) : { node: 'constant', type: at.type, value };
  };
  return visit(expression);
}

function folded(at: Expression): Expression {
  switch (at.node) {
    case 'not':
      return at.of.node === 'constant' ? truth(at.of.value !== true) : at;
    case 'absent':
      return at.of.node === 'constant' ? truth(at.of.value === null) : at;
    case 'condition':
      return at.when.node === 'constant' ? (at.when.value === true ? at.then : at.otherwise) : at;
    case 'coalesce':
      return at.of.node !== 'constant' ? at : at.of.value === null ? at.otherwise : at.of;
    case 'binary': {
      const { left, right } = at;
      if (at.op === 'and' || at.op === 'or') {
        const deciding = at.op === 'or';
        if ([left, right].some((part) => isTruth(part, deciding))) return truth(deciding);
        if (isTruth(left, !deciding)) return right;
        if (isTruth(right, !deciding)) return left;
        return at;
      }
      if ((at.op !== 'equal' && at.op !== 'notEqual') || left.node !== 'constant' || right.node !== 'constant') return at;
      // Numbers may stand at other scales.
      return typeof left.value === 'number' || typeof right.value === 'number'
        ? at
        : truth((left.value === right.value) === (at.op === 'equal'));
    }
    default:
      return at;
  }
}
/** A condition that is absent does not hold. */
const isTruth = (at: Expression, value: boolean): boolean => at.node === 'constant' && (at.value === true) === value;
const truth = (value: boolean): Expression => ({ node: 'constant', type: { kind: 'boolean', optional: false }, value });
