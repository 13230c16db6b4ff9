/**
 * Formulas as they are said: "the sum of quantity times unit price of its lines", "30 days after the issue date".
 * What comes out is not yet bound to a row; `bindFormula` does that and is the judge of whether it means anything.
 */
import { fieldNamed } from '#model';
import type { Aggregate, Arithmetic } from '../request.ts';
import { either, hole, look, named, optional, phrase, type Rule } from '../rule.ts';
import { barePlural, entry, fieldName } from './nouns.ts';
import type { RawCondition, RawFormula, RawRows } from './raw.ts';
import { amountLiteral, date, percent, wholeNumber } from './values.ts';

/** Conditions hold formulas and formulas hold conditions: `conditions.ts` gives these their meaning. */
export const before: ReturnType<typeof hole<readonly RawCondition[]>> = hole('adjectives');
export const after: ReturnType<typeof hole<readonly RawCondition[]>> = hole('conditions');

const possessive: Rule<true> = phrase('(the|its|their|his|her|a|an|each|every|that)', {}, () => true as const);

/** Fields and single things as steps of a path: "credit limit", "customer". */
const step: Rule<string> = named('step', () =>
  either(
    fieldName,
    phrase('{entity}', { entity: entry('entity') }, ({ entity }) => (entity.plural ? undefined : entity.entity)),
  ),
);
/** "the credit limit", "its customer's credit limit", "the credit limit of its customer". */
export const path: Rule<readonly string[]> = named('path', () =>
  either(
    phrase('[{p}] {first} {more}', { p: optional(possessive), first: step, more: pathTail }, ({ first, more }): readonly string[] => [
      first,
      ...more,
    ]),
    phrase('[{p}] {last} (of|on) {rest}', { p: optional(possessive), last: fieldName, rest: path }, ({ last, rest }): readonly string[] => [
      ...rest,
      last,
    ]),
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
    phrase(
      '[its|their|the|his|her|all|all of|all its|all their|all of its|all of their|all the|each of its|each of their] {before} {list} {after}',
      { before: before.rule, list: listName, after: after.rule },
      ({ before: first, list, after: last }): RawRows => ({ name: list, where: [...first, ...last] }),
    ),
  ),
);
const listName: Rule<string> = named('list name', () =>
  either(
    phrase('{item}', { item: entry('item') }, ({ item }) => (item.plural && !item.full ? item.list : undefined)),
    phrase('{item}', { item: entry('item') }, ({ item }) => (item.plural && item.full ? item.list : undefined)),
    phrase('{field}', { field: entry('field') }, ({ field }, { lookup }) =>
      lookup.model.entities.some((entity) => fieldNamed(entity.fields, field.name)?.type.kind === 'list') ? field.name : undefined,
    ),
    barePlural,
  ),
);

const mark = (text: string): Rule<true> =>
  look(text, ({ tokens }, at) => (tokens[at]?.kind === 'mark' && tokens[at].text === text ? [{ end: at + 1, value: true as const }] : []));

export const formula: Rule<RawFormula> = named('formula', () =>
  phrase('{first} {rest}', { first: product, rest: sumTail }, ({ first, rest }) =>
    rest.reduce<RawFormula>((left, { op, right }) => ({ is: 'arithmetic', op, left, right }), first),
  ),
);
interface Tail {
  readonly op: Arithmetic;
  readonly right: RawFormula;
}
const sumTail: Rule<readonly Tail[]> = named('plus or minus', () =>
  either(
    phrase('', {}, (): readonly Tail[] => []),
    phrase('(plus|{sign}) {right} {more}', { sign: mark('+'), right: product, more: sumTail }, ({ right, more }): readonly Tail[] => [
      { op: 'plus', right },
      ...more,
    ]),
    phrase('(minus|less|{sign}) {right} {more}', { sign: mark('-'), right: product, more: sumTail }, ({ right, more }): readonly Tail[] => [
      { op: 'minus', right },
      ...more,
    ]),
  ),
);
const product: Rule<RawFormula> = named('product', () =>
  phrase('{first} {rest}', { first: factor, rest: productTail }, ({ first, rest }) =>
    rest.reduce<RawFormula>((left, { op, right }) => ({ is: 'arithmetic', op, left, right }), first),
  ),
);
const productTail: Rule<readonly Tail[]> = named('times or divided by', () =>
  either(
    phrase('', {}, (): readonly Tail[] => []),
    phrase(
      '(times|x|multiplied by|{sign}) {right} {more}',
      { sign: mark('*'), right: factor, more: productTail },
      ({ right, more }): readonly Tail[] => [{ op: 'times', right }, ...more],
    ),
    phrase(
      '(divided by|{sign}) {right} {more}',
      { sign: mark('/'), right: factor, more: productTail },
      ({ right, more }): readonly Tail[] => [{ op: 'dividedBy', right }, ...more],
    ),
  ),
);
const factor: Rule<RawFormula> = named('factor', () =>
  either(
    aggregate,
    shift,
    phrase('{percent} of {of}', { percent, of: factor }, ({ percent: share, of }): RawFormula => ({ is: 'percent', percent: share, of })),
    phrase(
      '[the] [number of] days (between {from} and {to}|from {from} (to|until) {to})',
      { from: factor, to: factor },
      ({ from, to }): RawFormula => ({ is: 'days', from, to }),
    ),
    phrase('{amount}', { amount: amountLiteral }, ({ amount }): RawFormula => ({ is: 'literal', literal: amount })),
    phrase('{date}', { date }, ({ date: value }): RawFormula => ({ is: 'literal', literal: { is: 'date', value } })),
    phrase('today', {}, (): RawFormula => ({ is: 'today' })),
    phrase('{path}', { path }, ({ path: steps }): RawFormula => ({ is: 'field', path: steps })),
    phrase('{open} {inner} {close}', { open: mark('('), inner: formula, close: mark(')') }, ({ inner }) => inner),
    phrase('{left} multiplied with {right}', { left: plainField, right: plainField }, ({ left, right }): RawFormula => ({
      is: 'arithmetic',
      op: 'times',
      left,
      right,
    })),
    phrase(
      'the (product of {left} and {right}|difference between {from} and {to})',
      { left: plainField, right: plainField, from: plainField, to: plainField },
      ({ left, right, from, to }): RawFormula =>
        left === undefined ? { is: 'arithmetic', op: 'minus', left: from, right: to } : { is: 'arithmetic', op: 'times', left, right },
    ),
  ),
);
const plainField: Rule<RawFormula> = named('plain field', () =>
  phrase('{path}', { path }, ({ path: steps }): RawFormula => ({ is: 'field', path: steps })),
);

interface Span {
  readonly amount: number;
  readonly unit: 'days' | 'months';
}
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
const anchor: Rule<RawFormula> = named('anchor date', () =>
  either(
    plainField,
    phrase('today', {}, (): RawFormula => ({ is: 'today' })),
  ),
);
/** "30 days after the issue date". */
export const shift: Rule<RawFormula> = named('shifted date', () =>
  either(
    phrase('{span} (after|from|later than) {of}', { span, of: anchor }, ({ span: { amount, unit }, of }): RawFormula => ({
      is: 'shift',
      of,
      amount,
      unit,
    })),
    phrase('{span} before {of}', { span, of: anchor }, ({ span: { amount, unit }, of }): RawFormula => ({
      is: 'shift',
      of,
      amount: -amount,
      unit,
    })),
    phrase('{of} plus {span}', { of: plainField, span }, ({ span: { amount, unit }, of }): RawFormula => ({
      is: 'shift',
      of,
      amount,
      unit,
    })),
    phrase('{of} minus {span}', { of: plainField, span }, ({ span: { amount, unit }, of }): RawFormula => ({
      is: 'shift',
      of,
      amount: -amount,
      unit,
    })),
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
    phrase('[the] (sum|total|total amount|total value) of {over}', { over: rows }, ({ over }): RawFormula => ({
      is: 'aggregate',
      op: 'sum',
      over,
      amount: true,
    })),
    phrase('how many {over} (it|they) (has|have)', { over: rows }, ({ over }): RawFormula => ({ is: 'aggregate', op: 'count', over })),
    ...AGGREGATES.flatMap(([words, op, dates]) => {
      const make = (value: RawFormula, over: RawRows): RawFormula =>
        dates ? { is: 'aggregate', op, over, value, dates } : { is: 'aggregate', op, over, value };
      return [
        phrase(`${words} [of] {value} (of|over|for|across|on|from) {over}`, { value: inner, over: rows }, ({ value, over }) =>
          make(value, over),
        ),
        phrase(`${words} (over|across) {over} of {value}`, { value: inner, over: rows }, ({ value, over }) => make(value, over)),
        phrase(`${words} [of] {over} ('s|') {value}`, { value: inner, over: rows }, ({ value, over }) => make(value, over)),
      ];
    }),
    phrase(
      '{value} [,] (summed|summed up|added up|totalled) (over|across|for) {over}',
      { value: plainProduct, over: rows },
      ({ value, over }): RawFormula => ({ is: 'aggregate', op: 'sum', over, value }),
    ),
  ),
);
/** What is summed: a product of fields, or a sum of such. */
const inner: Rule<RawFormula> = named('summed value', () =>
  phrase('{first} {rest}', { first: plainProduct, rest: innerTail }, ({ first, rest }) =>
    rest.reduce<RawFormula>((left, { op, right }) => ({ is: 'arithmetic', op, left, right }), first),
  ),
);
const innerTail: Rule<readonly Tail[]> = named('summed value tail', () =>
  either(
    phrase('', {}, (): readonly Tail[] => []),
    phrase('plus {right} {more}', { right: plainProduct, more: innerTail }, ({ right, more }): readonly Tail[] => [
      { op: 'plus', right },
      ...more,
    ]),
    phrase('minus {right} {more}', { right: plainProduct, more: innerTail }, ({ right, more }): readonly Tail[] => [
      { op: 'minus', right },
      ...more,
    ]),
  ),
);
const innerFactor: Rule<RawFormula> = named('summed factor', () =>
  either(
    phrase('{path}', { path }, ({ path: steps }): RawFormula => ({ is: 'field', path: steps })),
    phrase('{amount}', { amount: amountLiteral }, ({ amount }): RawFormula => ({ is: 'literal', literal: amount })),
    phrase('{percent} of {of}', { percent, of: innerFactor }, ({ percent: share, of }): RawFormula => ({
      is: 'percent',
      percent: share,
      of,
    })),
  ),
);
const plainProduct: Rule<RawFormula> = named('summed product', () =>
  either(
    phrase('{first} {rest}', { first: innerFactor, rest: plainProductTail }, ({ first, rest }) =>
      rest.reduce<RawFormula>((left, { op, right }) => ({ is: 'arithmetic', op, left, right }), first),
    ),
    phrase('the product of {left} and {right}', { left: innerFactor, right: innerFactor }, ({ left, right }): RawFormula => ({
      is: 'arithmetic',
      op: 'times',
      left,
      right,
    })),
  ),
);
const plainProductTail: Rule<readonly Tail[]> = named('summed product tail', () =>
  either(
    phrase('', {}, (): readonly Tail[] => []),
    phrase(
      '(times|x|multiplied by|{sign}) {right} {more}',
      { sign: mark('*'), right: innerFactor, more: plainProductTail },
      ({ right, more }): readonly Tail[] => [{ op: 'times', right }, ...more],
    ),
    phrase('divided by {right} {more}', { right: innerFactor, more: plainProductTail }, ({ right, more }): readonly Tail[] => [
      { op: 'dividedBy', right },
      ...more,
    ]),
  ),
);
