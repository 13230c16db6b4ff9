/**
 * Conditions on rows as they are said: "open", "unpaid", "of gold customers", "over 500", "placed in 2026".
 * Raw conditions are bound to a row once its thing is known; a condition that the row cannot have is a problem.
 */
import { entityById, fieldNamed, type SystemModel } from '#model';
import { baseOf, participlesOf } from '../inflection.ts';
import { camelOf, labelOf, listed } from '../names.ts';
import type { Comparison, Condition, Formula, Literal } from '../request.ts';
import { fieldAt, fieldList, fieldsOfKind, oneOf, type Row, rowOf, waysTo } from '../resolve.ts';
import { either, listOf, look, named, phrase, Problem, type Rule, said } from '../rule.ts';
import { bindFormula, bindPath, formula, path, type RawFormula, span, typeOfFormula } from './formulas.ts';
import { entry } from './nouns.ts';
import { against, amount, amountLiteral, date, fit, literal } from './values.ts';

/** A word that says a state: a choice's label or a yes/no field. `of` are the choice fields that have it. */
export interface StateWord { readonly word: string; readonly flag?: { readonly field: string; readonly value: boolean } }
export type RawCondition =
  | { readonly raw: 'state'; readonly among: readonly StateWord[]; readonly not: boolean }
  | { readonly raw: 'of'; readonly entity: string; readonly where: readonly RawCondition[] }
  | { readonly raw: 'amount'; readonly by: Comparison; readonly right: Literal }
  | { readonly raw: 'compare'; readonly left: RawFormula; readonly by: Comparison; readonly right: RawFormula }
  | { readonly raw: 'is'; readonly path: readonly string[]; readonly values: readonly Literal[]; readonly not: boolean }
  | { readonly raw: 'present'; readonly path: readonly string[]; readonly value: boolean }
  | { readonly raw: 'period'; readonly by: { readonly participle: string } | { readonly path: readonly string[] }; readonly period: Period };
export interface Period { readonly from?: RawFormula; readonly to?: RawFormula; readonly after?: RawFormula; readonly before?: RawFormula }

export const stateWord: Rule<StateWord> = named('state', () =>
  either(
    phrase('{choice}', { choice: entry('choice') }, ({ choice }): StateWord => ({ word: choice.choice })),
    phrase('{flag}', { flag: entry('flag') }, ({ flag }): StateWord => ({ word: flag.field, flag: { field: flag.field, value: flag.value } })),
  ),
);
export const stateWords: Rule<readonly StateWord[]> = named('states', () => listOf('state list', stateWord, '[,] (or|and)'));
const orStates = listOf('states with or', stateWord, '[,] or');

/** Before the noun: "open", "unpaid", "gold and silver", "not shipped". */
export const preModifiers: Rule<readonly RawCondition[]> = named('adjectives', () =>
  either(
    phrase('', {}, (): readonly RawCondition[] => []),
    phrase('{states} {more}', { states: stateWords, more: preModifiers }, ({ states, more }): readonly RawCondition[] => [{ raw: 'state', among: states, not: false }, ...more]),
    phrase('not {state} {more}', { state: stateWord, more: preModifiers }, ({ state, more }): readonly RawCondition[] => [{ raw: 'state', among: [state], not: true }, ...more]),
  ),
);
/** After the noun. */
export const postModifiers: Rule<readonly RawCondition[]> = named('conditions', () =>
  either(
    phrase('', {}, (): readonly RawCondition[] => []),
    phrase('{first} {more}', { first: postModifier, more: moreModifiers }, ({ first, more }): readonly RawCondition[] => [...first, ...more]),
  ),
);
const moreModifiers: Rule<readonly RawCondition[]> = named('more conditions', () =>
  either(
    phrase('', {}, (): readonly RawCondition[] => []),
    phrase('[and] {first} {more}', { first: postModifier, more: moreModifiers }, ({ first, more }): readonly RawCondition[] => [...first, ...more]),
  ),
);
const who = '(that|which|who)';
const postModifier: Rule<readonly RawCondition[]> = named('condition', () =>
  either(
    phrase('(of|from|by|for|to) {of}', { of: modifiedThing }, ({ of }): readonly RawCondition[] => [{ raw: 'of', entity: of.entity, where: of.where }]),
    phrase(`[${who} (are|is|have been|has been)] {against}`, { against: against('an amount', amountLiteral) }, ({ against: { by, right } }): readonly RawCondition[] => [{ raw: 'amount', by, right }]),
    phrase(`${who} (are|is) {clause}`, { clause: stateClause }, ({ clause }): readonly RawCondition[] => [clause]),
    phrase(`(with|having|${who} (have|has)) {field}`, { field: withClause }, ({ field }): readonly RawCondition[] => [field]),
    phrase('whose {clause}', { clause: isClause }, ({ clause }): readonly RawCondition[] => [clause]),
    phrase(`(without|with no|${who} (have|has) no) [a|an|any] {path}`, { path: bareStep }, ({ path: steps }): readonly RawCondition[] => [{ raw: 'present', path: steps, value: false }]),
    phrase(`[${who} (are|were|is|was)] {participle} {period}`, { participle, period }, ({ participle: word, period: when }): readonly RawCondition[] => [{ raw: 'period', by: { participle: word }, period: when }]),
  ),
);
/** The participle of a date: "placed" for "placed on", "issued" for "issue date", "due" for "due date". */
const participle: Rule<string> = named('participle', () =>
  look('participle', ({ tokens }, at) => {
    const word = tokens[at];
    return word?.kind === 'word' && (word.text === 'due' || baseOf(word.text) !== undefined) ? [{ end: at + 1, value: word.text }] : [];
  }),
);
export const modifiedThing: Rule<{ readonly entity: string; readonly where: readonly RawCondition[] }> = named('thing with conditions', () =>
  phrase('[a|an|the|all|any|each|every|our] {before} {entity} {after}', { before: preModifiers, entity: entry('entity'), after: postModifiers }, ({ before, entity, after }) => ({
    entity: entity.entity, where: [...before, ...after],
  })),
);
const point: Rule<RawFormula> = named('point in time', () =>
  either(
    phrase('{date}', { date }, ({ date: value }): RawFormula => ({ is: 'literal', literal: { is: 'date', value } })),
    said('today', { is: 'today' } as RawFormula),
    phrase('{span} ago', { span }, ({ span: { amount: n, unit } }): RawFormula => ({ is: 'shift', of: { is: 'today' }, amount: -n, unit })),
    phrase('{span} from (now|today)', { span }, ({ span: { amount: n, unit } }): RawFormula => ({ is: 'shift', of: { is: 'today' }, amount: n, unit })),
  ),
);
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const day = (text: string): RawFormula => ({ is: 'literal', literal: { is: 'date', value: text } });
const year: Rule<string> = look('year', ({ tokens }, at) => (tokens[at]?.kind === 'number' && /^(19|20|21)\d\d$/.test(tokens[at].raw) ? [{ end: at + 1, value: tokens[at].text }] : []));
const month: Rule<number> = look('month', ({ tokens }, at) => {
  const word = tokens[at];
  const index = word?.kind === 'word' ? MONTHS.indexOf(word.text) : -1;
  return index < 0 ? [] : [{ end: at + 1, value: index + 1 }];
});
export const period: Rule<Period> = named('period', () =>
  either(
    phrase('before {point}', { point }, ({ point: before }): Period => ({ before })),
    phrase('after {point}', { point }, ({ point: after }): Period => ({ after })),
    phrase('(since|from) {point} [on|onwards]', { point }, ({ point: from }): Period => ({ from })),
    phrase('(until|till|up to|by) {point}', { point }, ({ point: to }): Period => ({ to })),
    phrase('on {date}', { date }, ({ date: value }): Period => ({ from: day(value), to: day(value) })),
    phrase('today', {}, (): Period => ({ from: { is: 'today' }, to: { is: 'today' } })),
    phrase('(between|from) {from} (and|to|until) {to}', { from: point, to: point }, ({ from, to }): Period => ({ from, to })),
    phrase('in [the year] {year}', { year }, ({ year: y }): Period => ({ from: day(`${y}-01-01`), to: day(`${y}-12-31`) })),
    phrase('in {month} [of] {year}', { month, year }, ({ month: m, year: y }): Period => {
      const mm = String(m).padStart(2, '0');
      const last = new Date(Date.UTC(Number(y), m, 0)).getUTCDate();
      return { from: day(`${y}-${mm}-01`), to: day(`${y}-${mm}-${last}`) };
    }),
    phrase('(in|within|during) the next {span}', { span }, ({ span: { amount: n, unit } }): Period => ({ from: { is: 'today' }, to: { is: 'shift', of: { is: 'today' }, amount: n, unit } })),
    phrase('within {span}', { span }, ({ span: { amount: n, unit } }): Period => ({ from: { is: 'today' }, to: { is: 'shift', of: { is: 'today' }, amount: n, unit } })),
    phrase('(in|within|during) the (last|past) {span}', { span }, ({ span: { amount: n, unit } }): Period => ({ from: { is: 'shift', of: { is: 'today' }, amount: -n, unit }, to: { is: 'today' } })),
  ),
);
const bareStep: Rule<readonly string[]> = named('named field', () => phrase('{path}', { path }, ({ path: steps }) => steps));
const values: Rule<readonly Literal[]> = named('values', () => listOf('value list', literal, '[,] or'));

/** "a credit limit over 1,000", "tier gold", "status open or paid", "an email". */
const withClause: Rule<RawCondition> = named('field condition', () =>
  either(
    phrase('{path} [of] {against}', { path: bareStep, against: against('a formula', formula) }, ({ path: steps, against: { by, right } }): RawCondition => ({ raw: 'compare', left: { is: 'field', path: steps }, by, right })),
    phrase('{path} [of] {values}', { path: bareStep, values }, ({ path: steps, values: among }): RawCondition => ({ raw: 'is', path: steps, values: among, not: false })),
    phrase('[the] {state} {path}', { state: stateWord, path: bareStep }, ({ state, path: steps }): RawCondition | undefined =>
      state.flag === undefined ? { raw: 'is', path: steps, values: [{ is: 'text', value: labelOf(state.word) }], not: false } : undefined),
    phrase('(a|an|any) {path}', { path: bareStep }, ({ path: steps }): RawCondition => ({ raw: 'present', path: steps, value: true })),
    phrase('{path} {between}', { path: bareStep, between }, ({ path: steps, between: [low, high] }): RawCondition | undefined =>
      low === undefined || high === undefined ? undefined : { raw: 'period', by: { path: steps }, period: { from: low, to: high } }),
  ),
);
const between: Rule<readonly RawFormula[]> = named('between', () =>
  phrase('between {low} and {high}', { low: amountLiteral, high: amountLiteral }, ({ low, high }): readonly RawFormula[] => [{ is: 'literal', literal: low }, { is: 'literal', literal: high }]),
);
/** "total is over 500", "tier is gold", "email is missing", "due date is before today". */
export const isClause: Rule<RawCondition> = named('clause', () =>
  either(
    phrase('{left} (is|are) {against}', { left: formula, against: against('a formula', formula) }, ({ left, against: { by, right } }): RawCondition => ({ raw: 'compare', left, by, right })),
    phrase('{left} (is|are) (before|earlier than) {right}', { left: formula, right: formula }, ({ left, right }): RawCondition => ({ raw: 'compare', left, by: 'under', right })),
    phrase('{left} (is|are) (after|later than) {right}', { left: formula, right: formula }, ({ left, right }): RawCondition => ({ raw: 'compare', left, by: 'over', right })),
    phrase('{left} (is|are) on or before {right}', { left: formula, right: formula }, ({ left, right }): RawCondition => ({ raw: 'compare', left, by: 'atMost', right })),
    phrase('{left} (is|are) on or after {right}', { left: formula, right: formula }, ({ left, right }): RawCondition => ({ raw: 'compare', left, by: 'atLeast', right })),
    phrase('{left} exceeds {right}', { left: formula, right: formula }, ({ left, right }): RawCondition => ({ raw: 'compare', left, by: 'over', right })),
    phrase('{path} (is|are) [either] {values}', { path: bareStep, values }, ({ path: steps, values: among }): RawCondition => ({ raw: 'is', path: steps, values: among, not: false })),
    phrase('{path} (is|are) not {values}', { path: bareStep, values }, ({ path: steps, values: among }): RawCondition => ({ raw: 'is', path: steps, values: among, not: true })),
    phrase('{path} (is|are) (missing|empty|not known|unknown|not set)', { path: bareStep }, ({ path: steps }): RawCondition => ({ raw: 'present', path: steps, value: false })),
    phrase('{path} (is|are) (known|set|given|present)', { path: bareStep }, ({ path: steps }): RawCondition => ({ raw: 'present', path: steps, value: true })),
    phrase('{path} (is|are) {period}', { path: bareStep, period }, ({ path: steps, period: when }): RawCondition => ({ raw: 'period', by: { path: steps }, period: when })),
    phrase('{path} (is|are) {between}', { path: bareStep, between }, ({ path: steps, between: [low, high] }): RawCondition | undefined =>
      low === undefined || high === undefined ? undefined : { raw: 'period', by: { path: steps }, period: { from: low, to: high } }),
  ),
);
/** After "it is": "open", "not shipped", "open or paid", "over 500". */
export const stateClause: Rule<RawCondition> = named('state clause', () =>
  either(
    phrase('[still|already|either] {states}', { states: orStates }, ({ states }): RawCondition => ({ raw: 'state', among: states, not: false })),
    phrase('(not|not yet|no longer|neither) {states}', { states: listOf('states with or, nor', stateWord, '[,] (or|nor)') }, ({ states }): RawCondition => ({ raw: 'state', among: states, not: true })),
  ),
);

/** After "when": "it is open", "its total is over 500 and its customer is gold". */
export const whenClauses: Rule<readonly RawCondition[]> = named('when clauses', () => listOf('when clause', whenClause, '[,] and'));
const whenClause: Rule<RawCondition> = named('when clause', () =>
  either(
    phrase('(it|they) (is|are) {state}', { state: stateClause }, ({ state }) => state),
    phrase('(it|they) (is|are) [worth] {against}', { against: against('an amount', amountLiteral) }, ({ against: { by, right } }): RawCondition => ({ raw: 'amount', by, right })),
    phrase('(it|they) (has|have) no {path}', { path: bareStep }, ({ path: steps }): RawCondition => ({ raw: 'present', path: steps, value: false })),
    phrase('(it|they) (has|have) {field}', { field: withClause }, ({ field }) => field),
    isClause,
  ),
);

export function bindConditions(model: SystemModel, row: Row, raws: readonly RawCondition[]): readonly Condition[] | Problem {
  const bound: Condition[] = [];
  for (const raw of raws) {
    const made = bind(model, row, raw);
    if (made instanceof Problem) return made;
    bound.push(...made);
  }
  return bound;
}
function bind(model: SystemModel, row: Row, raw: RawCondition): readonly Condition[] | Problem {
  switch (raw.raw) {
    case 'state':
      return bindState(model, row, raw);
    case 'of': {
      const paths = waysTo(model, row.entity, raw.entity);
      const target = rowOf(model, { entity: raw.entity });
      const first = paths[0];
      if (row.owner.list !== undefined || target === undefined || first === undefined) return new Problem(`${oneOf(model, row.owner)} does not lead to ${oneOf(model, { entity: raw.entity })}.`);
      if (paths.length > 1) return new Problem(`${oneOf(model, row.owner)} leads to ${oneOf(model, { entity: raw.entity })} in more than one way.`);
      if (raw.where.length === 0) return new Problem(`Which ${labelOf(target.entity.plural)} are meant?`);
      const inner = bindConditions(model, target, raw.where);
      return inner instanceof Problem ? inner : inner.map((condition) => prefixed(condition, first));
    }
    case 'amount': {
      const fields = fieldsOfKind(model, row, 'money');
      const field = fields[0];
      if (field === undefined) return new Problem(`${oneOf(model, row.owner)} has no amount that could be compared.`);
      const words = { over: 'over', under: 'under', atLeast: 'of at least', atMost: 'of at most', equal: 'of', notEqual: 'not of' }[raw.by];
      if (fields.length > 1) {
        return new Problem(`${oneOf(model, row.owner)} has several amounts: ${fieldList(fields)}.`, {
          why: `Which amount of ${oneOf(model, row.owner)} is meant: ${listed(fields.map((each) => labelOf(each.name)), 'or')}?`,
          instead: fields.map((each) => `with a ${labelOf(each.name)} ${words} ${raw.right.is === 'money' || raw.right.is === 'number' ? raw.right.value : ''}`),
        });
      }
      return compared(model, row, { is: 'field', path: [field.name] }, raw.by, { is: 'literal', literal: raw.right });
    }
    case 'compare': {
      const left = bindFormula(model, row, raw.left);
      if (left instanceof Problem) return left;
      const right = bindFormula(model, row, raw.right);
      return right instanceof Problem ? right : compared(model, row, left, raw.by, right);
    }
    case 'present': {
      const steps = bindPath(model, row, raw.path);
      if (steps instanceof Problem) return steps;
      const kind = fieldAt(model, row, steps)?.field.type.kind;
      return kind === 'list' || kind === 'boolean' ? new Problem('That is always there.') : [{ is: 'present', path: steps, value: raw.value }];
    }
    case 'is':
      return bindIs(model, row, raw.path, raw.values, raw.not);
    case 'period': {
      const steps = 'path' in raw.by ? bindPath(model, row, raw.by.path) : dateByParticiple(model, row, raw.by.participle);
      if (steps instanceof Problem) return steps;
      const made: Condition[] = [];
      const left: Formula = { is: 'field', path: steps };
      for (const [member, by] of [['from', 'atLeast'], ['after', 'over'], ['to', 'atMost'], ['before', 'under']] as const) {
        const point_ = raw.period[member];
        if (point_ === undefined) continue;
        const bound = bindFormula(model, row, point_);
        if (bound instanceof Problem) return bound;
        const condition = compared(model, row, left, by, bound);
        if (condition instanceof Problem) return condition;
        made.push(...condition);
      }
      return made;
    }
  }
}
function bindState(model: SystemModel, row: Row, raw: Extract<RawCondition, { raw: 'state' }>): readonly Condition[] | Problem {
  const flags = raw.among.filter((word) => word.flag !== undefined);
  if (flags.length > 0) {
    const only = raw.among[0]?.flag;
    if (raw.among.length > 1 || only === undefined) return new Problem('A yes/no stands alone.');
    const field = fieldNamed(row.fields, only.field);
    return field?.type.kind === 'boolean' ? [{ is: 'flag', path: [field.name], value: only.value !== raw.not }] : new Problem(`${oneOf(model, row.owner)} is not "${labelOf(only.field)}" or not.`);
  }
  const names = raw.among.map((word) => word.word);
  const fields = row.fields.filter((field) => field.type.kind === 'choice' && names.every((name) => field.type.kind === 'choice' && field.type.choices.some((choice) => choice.name === name)));
  const field = fields[0];
  if (field === undefined) return new Problem(`${oneOf(model, row.owner)} cannot be ${listed(names.map(labelOf), 'or')}.`);
  if (fields.length > 1) return new Problem(`"${listed(names.map(labelOf), 'or')}" can be the ${fieldList(fields)} of ${oneOf(model, row.owner)}.`);
  if (new Set(names).size !== names.length) return new Problem(`"${names.join(', ')}" names a state twice.`);
  return [{ is: 'choice', path: [field.name], among: names, ...(raw.not ? { not: true as const } : {}) }];
}
function flagOf(row: Row, word: string): { readonly field: string; readonly value: boolean } | undefined {
  const field = row.fields.find((each) => each.type.kind === 'boolean' && (each.name === word || camelOf(`un${labelOf(each.name)}`) === word));
  return field === undefined ? undefined : { field: field.name, value: field.name === word };
}
function bindIs(model: SystemModel, row: Row, path_: readonly string[], values_: readonly Literal[], not: boolean): readonly Condition[] | Problem {
  const steps = bindPath(model, row, path_);
  if (steps instanceof Problem) return steps;
  const field = fieldAt(model, row, steps)?.field;
  if (field === undefined) return new Problem('There is no such field.');
  if (field.type.kind === 'reference') {
    const target = entityById(model, field.type.to);
    const inside = target === undefined ? undefined : rowOf(model, { entity: target.name });
    if (inside === undefined) return new Problem('There is no such thing.');
    const states = values_.flatMap((value) => (value.is === 'text' ? [{ word: camelOf(value.value) }] : []));
    const only = states[0];
    const flag = only === undefined || states.length > 1 ? undefined : flagOf(inside, only.word);
    const made = bindState(model, inside, { raw: 'state', among: flag === undefined ? states : [{ word: flag.field, flag }], not });
    return made instanceof Problem || states.length !== values_.length ? new Problem(`${oneOf(model, inside.owner)} cannot be that.`) : made.map((condition) => prefixed(condition, steps));
  }
  if (field.type.kind === 'choice') {
    const among: string[] = [];
    for (const value of values_) {
      const fitted = fit(model, field, value);
      if (fitted instanceof Problem) return fitted;
      if (fitted.is === 'choice') among.push(fitted.value);
    }
    return [{ is: 'choice', path: steps, among, ...(not ? { not: true as const } : {}) }];
  }
  const only = values_[0];
  if (only === undefined || values_.length > 1) return new Problem('Only states can be given as several values.');
  const fitted = fit(model, field, only);
  if (fitted instanceof Problem) return fitted;
  if (fitted.is === 'yes' || fitted.is === 'no') return [{ is: 'flag', path: steps, value: (fitted.is === 'yes') !== not }];
  if (fitted.is === 'text') return [{ is: 'equals', path: steps, text: fitted.value, ...(not ? { not: true as const } : {}) }];
  const right: Formula = fitted.is === 'date' && fitted.value === 'today' ? { is: 'today' } : { is: 'literal', literal: fitted };
  return [{ is: 'compare', left: { is: 'field', path: steps }, by: not ? 'notEqual' : 'equal', right }];
}
/** A comparison of two values of one kind; a bare number beside an amount is an amount. */
export function compared(model: SystemModel, row: Row, left: Formula, by: Comparison, right: Formula): readonly Condition[] | Problem {
  const leftType = typeOfFormula(model, row, left);
  if (leftType instanceof Problem) return leftType;
  let settled = right;
  if (leftType === 'money' && right.is === 'literal' && right.literal.is === 'number') {
    const money = amount(model, right.literal.value);
    if (money instanceof Problem) return money;
    settled = { is: 'literal', literal: money };
  }
  const rightType = typeOfFormula(model, row, settled);
  if (rightType instanceof Problem) return rightType;
  const number = (type: string): boolean => type === 'integer' || type === 'decimal';
  const same = leftType === rightType ? leftType === 'money' || leftType === 'date' || number(leftType) : number(leftType) && number(rightType);
  if (!same) return new Problem(`${describeType(leftType)} cannot be compared with ${describeType(rightType)}.`);
  return [{ is: 'compare', left, by, right: settled }];
}
const describeType = (type: string): string => ({ money: 'An amount of money', integer: 'a number', decimal: 'a number', date: 'a date', text: 'a text', choice: 'a state', boolean: 'a yes/no', reference: 'a thing' })[type] ?? type;

function dateByParticiple(model: SystemModel, row: Row, word: string): readonly string[] | Problem {
  const base = baseOf(word);
  const matches = row.fields.filter((field) => {
    if (field.type.kind !== 'date') return false;
    const label = labelOf(field.name);
    return label === `${word} on` || label === `${word} date` || label === word || (base !== undefined && (label === `${base} date` || label === `date ${word}`)) || (base !== undefined && participlesOf(label.split(' ')[0] ?? '').includes(word) && /^\S+ (date|on)$/.test(label));
  });
  const only = matches[0];
  if (only !== undefined && matches.length === 1) return [only.name];
  return new Problem(`${oneOf(model, row.owner)} has no date that says when it was "${word}".`);
}
/** The condition of a row that is reached over `path`. */
export function prefixed(condition: Condition, steps: readonly string[]): Condition {
  switch (condition.is) {
    case 'compare':
      return { ...condition, left: prefixedFormula(condition.left, steps), right: prefixedFormula(condition.right, steps) };
    default:
      return { ...condition, path: [...steps, ...condition.path] };
  }
}
function prefixedFormula(of: Formula, steps: readonly string[]): Formula {
  switch (of.is) {
    case 'field':
      return { ...of, path: [...steps, ...of.path] };
    case 'arithmetic':
      return { ...of, left: prefixedFormula(of.left, steps), right: prefixedFormula(of.right, steps) };
    case 'percent':
    case 'shift':
      return { ...of, of: prefixedFormula(of.of, steps) };
    case 'days':
      return { ...of, from: prefixedFormula(of.from, steps), to: prefixedFormula(of.to, steps) };
    default:
      return of;
  }
}
