/** Formulas and values in canonical English; each parses back to the same tree. */
import { fieldNamed, type SystemModel } from '#model';
import { pluralOf } from '../inflection.ts';
import { labelOf } from '../names.ts';
import type { Formula, Literal, Rows } from '../request.ts';
import { type Row, rowOf } from '../resolve.ts';
import { echoRows } from './conditions.ts';

const grouped = (text: string): string => {
  const [whole = '0', part] = text.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return part === undefined ? digits : `${digits}.${part}`;
};
/** "1,000 EUR", "12.50 EUR". */
export function echoMoney(model: SystemModel, text: string): string {
  const [whole = '0', part = ''] = text.split('.');
  return `${grouped(whole)}${part === '' ? '' : `.${part.padEnd(model.settings.currency.digits, '0')}`} ${model.settings.currency.code}`;
}
export const echoNumber = (text: string): string => grouped(text);
export function echoLiteral(model: SystemModel, literal: Literal): string {
  switch (literal.is) {
    case 'money':
      return echoMoney(model, literal.value);
    case 'number':
      return echoNumber(literal.value);
    case 'choice':
      return labelOf(literal.value);
    case 'date':
      return literal.value;
    case 'text':
      return `"${literal.value}"`;
    default:
      return literal.is;
  }
}
/** "the credit limit", "its customer's credit limit". */
export const echoPath = (steps: readonly string[]): string =>
  steps.length === 1 ? `the ${labelOf(steps[0] ?? '')}` : `its ${steps.map(labelOf).join("'s ")}`;
const bare = (steps: readonly string[]): string => steps.map(labelOf).join("'s ");

const OPERATORS = { plus: 'plus', minus: 'minus', times: 'times', dividedBy: 'divided by' } as const;
const rank = (formula: Formula): number => (formula.is === 'arithmetic' ? (formula.op === 'plus' || formula.op === 'minus' ? 1 : 2) : formula.is === 'percent' ? 3 : 4);

/** `inside` an aggregate names are said without an article. */
export function echoFormula(model: SystemModel, row: Row, formula: Formula, inside = false): string {
  const echo = (part: Formula): string => echoFormula(model, row, part, inside);
  const wrapped = (part: Formula, least: number): string => (rank(part) < least ? `( ${echo(part)} )` : echo(part));
  switch (formula.is) {
    case 'field':
      return inside ? bare(formula.path) : echoPath(formula.path);
    case 'literal':
      return echoLiteral(model, formula.literal);
    case 'today':
      return 'today';
    case 'arithmetic': {
      const own = rank(formula);
      return `${wrapped(formula.left, own)} ${OPERATORS[formula.op]} ${wrapped(formula.right, own + 1)}`;
    }
    case 'percent':
      return `${formula.percent}% of ${wrapped(formula.of, 3)}`;
    case 'shift':
      return echoShift(formula, formula.of.is === 'today' ? 'today' : echo(formula.of));
    case 'days':
      return `the number of days from ${echo(formula.from)} to ${echo(formula.to)}`;
    case 'aggregate': {
      const over = insideRow(model, row, formula.over);
      const rows = over === undefined ? '' : echoRows(model, over, formula.over, 'its');
      if (formula.op === 'count' || formula.value === undefined || over === undefined) return `the number of ${rows}`;
      const word = { sum: 'sum of', average: 'average of', largest: 'largest', smallest: 'smallest', count: 'number of' }[formula.op];
      return `the ${word} ${echoFormula(model, over, formula.value, true)} of ${rows}`;
    }
  }
}
export function echoShift(shift: Extract<Formula, { is: 'shift' }>, anchor: string): string {
  const amount = Math.abs(shift.amount);
  const unit = `${amount} ${amount === 1 ? shift.unit.slice(0, -1) : shift.unit}`;
  if (anchor === 'today') return shift.amount < 0 ? `${unit} before today` : `${unit} after today`;
  return `${unit} ${shift.amount < 0 ? 'before' : 'after'} ${anchor}`;
}
export const insideRow = (model: SystemModel, row: Row, over: Rows): Row | undefined =>
  over.list === undefined ? rowOf(model, { entity: over.entity ?? '' }) : rowOf(model, { entity: row.entity.name, list: over.list });
export const rowsWords = (model: SystemModel, row: Row, over: Rows): string => {
  if (over.list === undefined) return labelOf(model.entities.find((entity) => entity.name === over.entity)?.plural ?? '');
  const list = fieldNamed(row.entity.fields, over.list);
  return list?.type.kind === 'list' ? pluralOf(labelOf(list.type.item)) : labelOf(over.list);
};
