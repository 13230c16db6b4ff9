/**
 * Formulas as they are said: "the sum of quantity times unit price of its lines", "30 days after the issue date".
 * What comes out is not yet bound to a row; `bindFormula` does that and is the judge of whether it means anything.
 */
import { entityByPlural, entityNamed, fieldNamed, type SystemModel } from '#model';
import { labelOf } from '../names.ts';
import type { Aggregate, Arithmetic, Formula, Literal } from '../request.ts';
import { fieldAt, oneOf, referencesTo, type Row, rowOf } from '../resolve.ts';
import { either, look, named, optional, phrase, Problem, type Rule } from '../rule.ts';
import { bindConditions, postModifiers, preModifiers, type RawCondition } from './conditions.ts';
import { barePlural, entry, fieldName } from './nouns.ts';
import { amountLiteral, date, percent, wholeNumber } from './values.ts';

/** Before binding: paths may begin with the name of the row itself, lists are words. */
export type RawFormula =
  | { readonly is: 'field'; readonly path: readonly string[] }
  | { readonly is: 'literal'; readonly literal: Literal }
  | { readonly is: 'today' }
  | { readonly is: 'arithmetic'; readonly op: Arithmetic; readonly left: RawFormula; readonly right: RawFormula }
  | { readonly is: 'percent'; readonly percent: string; readonly of: RawFormula }
  | { readonly is: 'aggregate'; readonly op: Aggregate; readonly over: RawRows; readonly value?: RawFormula; readonly dates?: true }
  | { readonly is: 'shift'; readonly of: RawFormula; readonly amount: number; readonly unit: 'days' | 'months' }
  | { readonly is: 'days'; readonly from: RawFormula; readonly to: RawFormula };
/** `name` is a list field or an entity. */
export interface RawRows { readonly name: string; readonly where: readonly RawCondition[] }

const possessive: Rule<true> = phrase('(the|its|their|his|her|a|an|each|every|that)', {}, () => true as const);

/** Fields and single things as steps of a path: "credit limit", "customer". */
const step: Rule<string> = named('step', () => either(fieldName, phrase('{entity}', { entity: entry('entity') }, ({ entity }) => (entity.plural ? undefined : entity.entity))));
/** "the credit limit", "its customer's credit limit", "the credit limit of its customer". */
export const path: Rule<readonly string[]> = named('path', () =>
  either(
    phrase('[{p}] {first} {more}', { p: optional(possessive), first: step, more: pathTail }, ({ first, more }): readonly string[] => [first, ...more]),
    phrase('[{p}] {last} (of|on) {rest}', { p: optional(possessive), last: fieldName, rest: path }, ({ last, rest }): readonly string[] => [...rest, last]),
  ),
);
const pathTail: Rule<readonly string[]> = named('path tail', () =>
  either(
    phrase('', {}, (): readonly string[] => []),
    phrase("'s {next} {more}", { next: fieldName, more: pathTail }, ({ next, more }): readonly string[] => [next, ...more]),
  ),
);

/** "its lines", "their open orders", "orders of the customer". */
export const rows: Rule<RawRows> = named('rows', () =>
  either(
    phrase('[all] [its|their|the|his|her|all|all its|all their|all the] {before} {list} {after}', { before: preModifiers, list: listName, after: postModifiers },
      ({ before, list, after }): RawRows => ({ name: list, where: [...before, ...after] })),
  ),
);
const listName: Rule<string> = named('list name', () =>
  either(
    phrase('{item}', { item: entry('item') }, ({ item }) => (item.plural && !item.full ? item.list : undefined)),
    phrase('{item}', { item: entry('item') }, ({ item }) => (item.plural && item.full ? item.list : undefined)),
    phrase('{field}', { field: entry('field') }, ({ field }, { lookup }) =>
      lookup.model.entities.some((entity) => fieldNamed(entity.fields, field.name)?.type.kind === 'list') ? field.name : undefined),
    barePlural,
  ),
);

const mark = (text: string): Rule<true> => look(text, ({ tokens }, at) => (tokens[at]?.kind === 'mark' && tokens[at].text === text ? [{ end: at + 1, value: true as const }] : []));

export const formula: Rule<RawFormula> = named('formula', () =>
  phrase('{first} {rest}', { first: product, rest: sumTail }, ({ first, rest }) => rest.reduce<RawFormula>((left, { op, right }) => ({ is: 'arithmetic', op, left, right }), first)),
);
interface Tail { readonly op: Arithmetic; readonly right: RawFormula }
const sumTail: Rule<readonly Tail[]> = named('plus or minus', () =>
  either(
    phrase('', {}, (): readonly Tail[] => []),
    phrase('(plus|{sign}) {right} {more}', { sign: mark('+'), right: product, more: sumTail }, ({ right, more }): readonly Tail[] => [{ op: 'plus', right }, ...more]),
    phrase('(minus|less|{sign}) {right} {more}', { sign: mark('-'), right: product, more: sumTail }, ({ right, more }): readonly Tail[] => [{ op: 'minus', right }, ...more]),
  ),
);
const product: Rule<RawFormula> = named('product', () =>
  phrase('{first} {rest}', { first: factor, rest: productTail }, ({ first, rest }) => rest.reduce<RawFormula>((left, { op, right }) => ({ is: 'arithmetic', op, left, right }), first)),
);
const productTail: Rule<readonly Tail[]> = named('times or divided by', () =>
  either(
    phrase('', {}, (): readonly Tail[] => []),
    phrase('(times|x|multiplied by|{sign}) {right} {more}', { sign: mark('*'), right: factor, more: productTail }, ({ right, more }): readonly Tail[] => [{ op: 'times', right }, ...more]),
    phrase('(divided by|{sign}) {right} {more}', { sign: mark('/'), right: factor, more: productTail }, ({ right, more }): readonly Tail[] => [{ op: 'dividedBy', right }, ...more]),
  ),
);
const factor: Rule<RawFormula> = named('factor', () =>
  either(
    aggregate,
    shift,
    phrase('{percent} of {of}', { percent, of: factor }, ({ percent: share, of }): RawFormula => ({ is: 'percent', percent: share, of })),
    phrase('[the] [number of] days (between {from} and {to}|from {from} (to|until) {to})', { from: factor, to: factor }, ({ from, to }): RawFormula => ({ is: 'days', from, to })),
    phrase('{amount}', { amount: amountLiteral }, ({ amount }): RawFormula => ({ is: 'literal', literal: amount })),
    phrase('{date}', { date }, ({ date: value }): RawFormula => ({ is: 'literal', literal: { is: 'date', value } })),
    phrase('today', {}, (): RawFormula => ({ is: 'today' })),
    phrase('{path}', { path }, ({ path: steps }): RawFormula => ({ is: 'field', path: steps })),
    phrase('{open} {inner} {close}', { open: mark('('), inner: formula, close: mark(')') }, ({ inner }) => inner),
    phrase('{left} multiplied with {right}', { left: plainField, right: plainField }, ({ left, right }): RawFormula => ({ is: 'arithmetic', op: 'times', left, right })),
    phrase('the (product of {left} and {right}|difference between {from} and {to})', { left: plainField, right: plainField, from: plainField, to: plainField }, ({ left, right, from, to }): RawFormula =>
      left === undefined ? { is: 'arithmetic', op: 'minus', left: from, right: to } : { is: 'arithmetic', op: 'times', left, right }),
  ),
);
const plainField: Rule<RawFormula> = named('plain field', () => phrase('{path}', { path }, ({ path: steps }): RawFormula => ({ is: 'field', path: steps })));

interface Span { readonly amount: number; readonly unit: 'days' | 'months' }
/** "30 days", "two weeks", "a month". */
export const span: Rule<Span> = named('span of time', () =>
  either(
    phrase('{n} (day|days)', { n: wholeNumber }, ({ n }): Span => ({ amount: n, unit: 'days' })),
    phrase('{n} (week|weeks)', { n: wholeNumber }, ({ n }): Span => ({ amount: 7 * n, unit: 'days' })),
    phrase('{n} (month|months)', { n: wholeNumber }, ({ n }): Span => ({ amount: n, unit: 'months' })),
    phrase('{n} (year|years)', { n: wholeNumber }, ({ n }): Span => ({ amount: 12 * n, unit: 'months' })),
    phrase('a day', {}, (): Span => ({ amount: 1, unit: 'days' })),
    phrase('a week', {}, (): Span => ({ amount: 7, unit: 'days' })),
    phrase('a month', {}, (): Span => ({ amount: 1, unit: 'months' })),
    phrase('a year', {}, (): Span => ({ amount: 12, unit: 'months' })),
  ),
);
const anchor: Rule<RawFormula> = named('anchor date', () => either(plainField, phrase('today', {}, (): RawFormula => ({ is: 'today' }))));
/** "30 days after the issue date". */
export const shift: Rule<RawFormula> = named('shifted date', () =>
  either(
    phrase('{span} (after|from|later than) {of}', { span, of: anchor }, ({ span: { amount, unit }, of }): RawFormula => ({ is: 'shift', of, amount, unit })),
    phrase('{span} before {of}', { span, of: anchor }, ({ span: { amount, unit }, of }): RawFormula => ({ is: 'shift', of, amount: -amount, unit })),
    phrase('{of} plus {span}', { of: plainField, span }, ({ span: { amount, unit }, of }): RawFormula => ({ is: 'shift', of, amount, unit })),
    phrase('{of} minus {span}', { of: plainField, span }, ({ span: { amount, unit }, of }): RawFormula => ({ is: 'shift', of, amount: -amount, unit })),
  ),
);

const AGGREGATES: readonly (readonly [string, Aggregate, boolean])[] = [
  ['[the] (sum|total)', 'sum', false],
  ['[the] average', 'average', false],
  ['[the] (largest|highest|biggest|greatest|maximum)', 'largest', false],
  ['[the] (smallest|lowest|minimum|least)', 'smallest', false],
  ['[the] (latest|last|newest|most recent)', 'largest', true],
  ['[the] (earliest|first|oldest)', 'smallest', true],
];
const aggregate: Rule<RawFormula> = named('aggregate', () =>
  either(
    phrase('[the] (number|count) of {over}', { over: rows }, ({ over }): RawFormula => ({ is: 'aggregate', op: 'count', over })),
    phrase('how many {over} (it|they) (has|have)', { over: rows }, ({ over }): RawFormula => ({ is: 'aggregate', op: 'count', over })),
    ...AGGREGATES.flatMap(([words, op, dates]) => {
      const make = (value: RawFormula, over: RawRows): RawFormula => (dates ? { is: 'aggregate', op, over, value, dates } : { is: 'aggregate', op, over, value });
      return [
        phrase(`${words} [of] {value} (of|over|for|across|on|from) {over}`, { value: inner, over: rows }, ({ value, over }) => make(value, over)),
        phrase(`${words} (over|across) {over} of {value}`, { value: inner, over: rows }, ({ value, over }) => make(value, over)),
        phrase(`${words} [of] {over} ('s|') {value}`, { value: inner, over: rows }, ({ value, over }) => make(value, over)),
      ];
    }),
    phrase('{value} [,] (summed|summed up|added up|totalled) (over|across|for) {over}', { value: plainProduct, over: rows }, ({ value, over }): RawFormula => ({ is: 'aggregate', op: 'sum', over, value })),
  ),
);
/** What is summed: a product of fields, or a sum of such. */
const inner: Rule<RawFormula> = named('summed value', () =>
  phrase('{first} {rest}', { first: plainProduct, rest: innerTail }, ({ first, rest }) => rest.reduce<RawFormula>((left, { op, right }) => ({ is: 'arithmetic', op, left, right }), first)),
);
const innerTail: Rule<readonly Tail[]> = named('summed value tail', () =>
  either(
    phrase('', {}, (): readonly Tail[] => []),
    phrase('plus {right} {more}', { right: plainProduct, more: innerTail }, ({ right, more }): readonly Tail[] => [{ op: 'plus', right }, ...more]),
    phrase('minus {right} {more}', { right: plainProduct, more: innerTail }, ({ right, more }): readonly Tail[] => [{ op: 'minus', right }, ...more]),
  ),
);
const innerFactor: Rule<RawFormula> = named('summed factor', () =>
  either(
    phrase('{path}', { path }, ({ path: steps }): RawFormula => ({ is: 'field', path: steps })),
    phrase('{amount}', { amount: amountLiteral }, ({ amount }): RawFormula => ({ is: 'literal', literal: amount })),
    phrase('{percent} of {of}', { percent, of: innerFactor }, ({ percent: share, of }): RawFormula => ({ is: 'percent', percent: share, of })),
  ),
);
const plainProduct: Rule<RawFormula> = named('summed product', () =>
  either(
    phrase('{first} {rest}', { first: innerFactor, rest: plainProductTail }, ({ first, rest }) => rest.reduce<RawFormula>((left, { op, right }) => ({ is: 'arithmetic', op, left, right }), first)),
    phrase('the product of {left} and {right}', { left: innerFactor, right: innerFactor }, ({ left, right }): RawFormula => ({ is: 'arithmetic', op: 'times', left, right })),
  ),
);
const plainProductTail: Rule<readonly Tail[]> = named('summed product tail', () =>
  either(
    phrase('', {}, (): readonly Tail[] => []),
    phrase('(times|x|multiplied by|{sign}) {right} {more}', { sign: mark('*'), right: innerFactor, more: plainProductTail }, ({ right, more }): readonly Tail[] => [{ op: 'times', right }, ...more]),
    phrase('divided by {right} {more}', { right: innerFactor, more: plainProductTail }, ({ right, more }): readonly Tail[] => [{ op: 'dividedBy', right }, ...more]),
  ),
);

/** Binds a formula to a row; a name that the row does not have, or a sum of texts, is a problem. */
export function bindFormula(model: SystemModel, row: Row, raw: RawFormula): Formula | Problem {
  switch (raw.is) {
    case 'field': {
      const steps = bindPath(model, row, raw.path);
      return steps instanceof Problem ? steps : { is: 'field', path: steps };
    }
    case 'literal':
    case 'today':
      return raw;
    case 'arithmetic': {
      const left = bindFormula(model, row, raw.left);
      const right = bindFormula(model, row, raw.right);
      return left instanceof Problem ? left : right instanceof Problem ? right : { is: 'arithmetic', op: raw.op, left, right };
    }
    case 'percent': {
      const of = bindFormula(model, row, raw.of);
      return of instanceof Problem ? of : { is: 'percent', percent: raw.percent, of };
    }
    case 'shift': {
      const of = bindFormula(model, row, raw.of);
      return of instanceof Problem ? of : { is: 'shift', of, amount: raw.amount, unit: raw.unit };
    }
    case 'days': {
      const from = bindFormula(model, row, raw.from);
      const to = bindFormula(model, row, raw.to);
      return from instanceof Problem ? from : to instanceof Problem ? to : { is: 'days', from, to };
    }
    case 'aggregate': {
      const list = fieldNamed(row.fields, raw.over.name);
      if (list?.type.kind === 'list') {
        const inside = rowOf(model, { entity: row.entity.name, list: list.name });
        if (inside === undefined) return new Problem('There is no such list.');
        return overRows(model, inside, raw, { list: list.name });
      }
      const related = entityNamed(model, raw.over.name) ?? entityByPlural(model, raw.over.name);
      const inside = related === undefined ? undefined : rowOf(model, { entity: related.name });
      if (related === undefined || inside === undefined || row.owner.list !== undefined) return new Problem(`${oneOf(model, row.owner)} has no list "${labelOf(raw.over.name)}".`);
      const references = referencesTo(related, row.entity);
      const via = references[0];
      if (via === undefined) return new Problem(`No ${labelOf(related.name)} refers to ${oneOf(model, row.owner)}.`);
      if (references.length > 1) return new Problem(`${labelOf(related.plural)} refer to ${oneOf(model, row.owner)} in more than one way.`);
      return overRows(model, inside, raw, { entity: related.name, via: via.name });
    }
  }
}
function overRows(model: SystemModel, inside: Row, raw: Extract<RawFormula, { is: 'aggregate' }>, where: { readonly list: string } | { readonly entity: string; readonly via: string }): Formula | Problem {
  const conditions = bindConditions(model, inside, raw.over.where);
  if (conditions instanceof Problem) return conditions;
  const over = { ...where, where: conditions };
  if (raw.value === undefined) return { is: 'aggregate', op: raw.op, over };
  const value = bindFormula(model, inside, raw.value);
  if (value instanceof Problem) return value;
  const type = typeOfFormula(model, inside, value);
  if (type instanceof Problem) return type;
  const numeric = type === 'money' || type === 'integer' || type === 'decimal';
  if (raw.dates === true ? type !== 'date' : !numeric && !(type === 'date' && (raw.op === 'largest' || raw.op === 'smallest'))) {
    return new Problem(`${raw.op === 'sum' ? 'A sum' : 'That'} needs ${raw.dates === true ? 'a date' : 'numbers or amounts'}, and this is ${type}.`);
  }
  return { is: 'aggregate', op: raw.op, over, value };
}
/** The first step may be the row itself ("the total of the order"). */
export function bindPath(model: SystemModel, row: Row, path_: readonly string[]): readonly string[] | Problem {
  const tries = [path_, ...(path_.length > 1 && (path_[0] === row.entity.name || path_[0] === row.name) ? [path_.slice(1)] : [])];
  const found = tries.find((steps) => fieldAt(model, row, steps) !== undefined);
  return found ?? new Problem(`${oneOf(model, row.owner)} has no ${labelOf(path_.at(-1) ?? '')}${path_.length > 1 ? ` of its ${labelOf(path_[0] ?? '')}` : ''}.`);
}

export type FormulaType = 'money' | 'integer' | 'decimal' | 'date' | 'boolean' | 'text' | 'choice' | 'reference';
/** The type of a bound formula; mixing what cannot be mixed is a problem. */
export function typeOfFormula(model: SystemModel, row: Row, formula_: Formula): FormulaType | Problem {
  switch (formula_.is) {
    case 'field': {
      const kind = fieldAt(model, row, formula_.path)?.field.type.kind;
      if (kind === 'email' || kind === 'url' || kind === 'text') return 'text';
      if (kind === 'quantity' || kind === 'decimal') return 'decimal';
      if (kind === 'money' || kind === 'integer' || kind === 'date' || kind === 'boolean' || kind === 'choice' || kind === 'reference') return kind;
      return new Problem('That field cannot stand in a formula.');
    }
    case 'literal':
      return formula_.literal.is === 'money' ? 'money' : formula_.literal.is === 'date' ? 'date' : formula_.literal.is === 'number' ? (formula_.literal.value.includes('.') ? 'decimal' : 'integer') : new Problem('Only numbers, amounts and dates stand in formulas.');
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
  return formula_.over.list === undefined ? rowOf(model, { entity: formula_.over.entity ?? '' }) : rowOf(model, { entity: row.entity.name, list: formula_.over.list });
}
function mix(op: Arithmetic, left: FormulaType, right: FormulaType): FormulaType | Problem {
  const number = (type: FormulaType): boolean => type === 'integer' || type === 'decimal';
  if (op === 'plus' || op === 'minus') {
    if (left === 'money' && right === 'money') return 'money';
    if (number(left) && number(right)) return left === 'decimal' || right === 'decimal' ? 'decimal' : 'integer';
    return new Problem(`${left === 'money' || right === 'money' ? 'An amount of money' : 'A value'} can be added only to another of its kind.`);
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
