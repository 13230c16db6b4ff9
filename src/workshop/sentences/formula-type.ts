/** The type of a formula that is bound to its row; mixing what cannot be mixed is a problem. */
import type { SystemModel } from '#model';
import type { Arithmetic, Formula } from './request.ts';
import { fieldAt, type Row, rowOf } from './resolve.ts';
import { Problem } from './rule.ts';

export type FormulaType = 'money' | 'integer' | 'decimal' | 'date' | 'boolean' | 'text' | 'choice' | 'reference';
/** The type of a bound formula; mixing what cannot be mixed is a problem. */
export function typeOfFormula(model: SystemModel, row: Row, formula_: Formula): FormulaType | Problem {
  switch (formula_.is) {
    case 'field': {
      const kind = fieldAt(model, row, formula_.path)?.field.type.kind;
      if (kind === 'email' || kind === 'url' || kind === 'text') return 'text';
      if (kind === 'quantity' || kind === 'decimal') return 'decimal';
      if (kind === 'money' || kind === 'integer' || kind === 'date' || kind === 'boolean' || kind === 'choice' || kind === 'reference')
        return kind;
      return new Problem('That field cannot stand in a formula.');
    }
    case 'literal':
      return formula_.literal.is === 'money'
        ? 'money'
        : formula_.literal.is === 'date'
          ? 'date'
          : formula_.literal.is === 'number'
            ? formula_.literal.value.includes('.')
              ? 'decimal'
              : 'integer'
            : new Problem('Only numbers, amounts and dates stand in formulas.');
    case 'today':
      return 'date';
    case 'days': {
      const from = typeOfFormula(model, row, formula_.from);
      const to = typeOfFormula(model, row, formula_.to);
      return from === 'date' && to === 'date' ? 'integer' : new Problem('Days are counted between two dates.');
    }
    case 'shift': {
      const of = typeOfFormula(model, row, formula_.of);
      return of === 'date' ? 'date' : new Problem('Only a date can be so many days later or earlier.');
    }
    case 'percent': {
      const of = typeOfFormula(model, row, formula_.of);
      return of === 'money' ? 'money' : of instanceof Problem ? of : new Problem('A percentage is taken of an amount of money.');
    }
    case 'aggregate': {
      if (formula_.op === 'count' || formula_.value === undefined) return 'integer';
      const inside = insideOf(model, row, formula_);
      const type = inside === undefined ? new Problem('There is no such list.') : typeOfFormula(model, inside, formula_.value);
      return type === 'integer' && formula_.op === 'average' ? 'decimal' : type;
    }
    case 'arithmetic': {
      const left = typeOfFormula(model, row, formula_.left);
      const right = typeOfFormula(model, row, formula_.right);
      if (left instanceof Problem) return left;
      if (right instanceof Problem) return right;
      return mix(formula_.op, left, right);
    }
  }
}
export function insideOf(model: SystemModel, row: Row, formula_: Extract<Formula, { is: 'aggregate' }>): Row | undefined {
  return formula_.over.list === undefined
    ? rowOf(model, { entity: formula_.over.entity ?? '' })
    : rowOf(model, { entity: row.entity.name, list: formula_.over.list });
}
function mix(op: Arithmetic, left: FormulaType, right: FormulaType): FormulaType | Problem {
  const number = (type: FormulaType): boolean => type === 'integer' || type === 'decimal';
  if (op === 'plus' || op === 'minus') {
    if (left === 'money' && right === 'money') return 'money';
    if (number(left) && number(right)) return left === 'decimal' || right === 'decimal' ? 'decimal' : 'integer';
    return new Problem(
      `${left === 'money' || right === 'money' ? 'An amount of money' : 'A value'} can be added only to another of its kind.`,
    );
  }
  if (op === 'times') {
    if (left === 'money' && number(right)) return 'money';
    if (number(left) && right === 'money') return 'money';
    if (number(left) && number(right)) return left === 'decimal' || right === 'decimal' ? 'decimal' : 'integer';
    return new Problem('Only numbers, or an amount and a number, can be multiplied.');
  }
  if (left === 'money' && number(right)) return 'money';
  if ((left === 'money' && right === 'money') || (number(left) && number(right))) return 'decimal';
  return new Problem('Only numbers and amounts can be divided.');
}
