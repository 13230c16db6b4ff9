/** Conditions on rows as they are said: "open", "unpaid", "of gold customers", "over 500", "placed in 2026". */
import { baseOf } from '../inflection.ts';
import { labelOf } from '../names.ts';
import type { Literal } from '../request.ts';
import { either, listOf, look, named, phrase, type Rule, said } from '../rule.ts';
import { after, before, formula, path, span } from './formulas.ts';
import { entry } from './nouns.ts';
import type { Period, RawCondition, RawFormula, StateWord } from './raw.ts';
import { against, amountLiteral, date, literal } from './values.ts';

export const stateWord: Rule<StateWord> = named('state', () =>
  either(
    phrase('{choice}', { choice: entry('choice') }, ({ choice }): StateWord => ({ word: choice.choice })),
    phrase('{flag}', { flag: entry('flag') }, ({ flag }): StateWord => ({
      word: flag.field,
      flag: { field: flag.field, value: flag.value },
    })),
  ),
);
export const stateWords: Rule<readonly StateWord[]> = named('states', () => listOf('state list', stateWord, '[,] (or|and)'));
const orStates = listOf('states with or', stateWord, '[,] or');

/** Before the noun: "open", "unpaid", "gold and silver", "not shipped". */
export const preModifiers: Rule<readonly RawCondition[]> = adjectives(3);
/** At most so many: "open unpaid gold" says enough. */
function adjectives(most: number): Rule<readonly RawCondition[]> {
  const none = phrase('', {}, (): readonly RawCondition[] => []);
  if (most === 0) return none;
  const more = adjectives(most - 1);
  return named('adjectives', () =>
    either(
      none,
      phrase('{states} {more}', { states: stateWords, more }, ({ states, more: rest }): readonly RawCondition[] => [
        { raw: 'state', among: states, not: false },
        ...rest,
      ]),
      phrase('not {state} {more}', { state: stateWord, more }, ({ state, more: rest }): readonly RawCondition[] => [
        { raw: 'state', among: [state], not: true },
        ...rest,
      ]),
    ),
  );
}
/** After the noun. */
export const postModifiers: Rule<readonly RawCondition[]> = named('conditions', () =>
  either(
    phrase('', {}, (): readonly RawCondition[] => []),
    phrase('{first} {more}', { first: postModifier, more: moreModifiers }, ({ first, more }): readonly RawCondition[] => [
      ...first,
      ...more,
    ]),
  ),
);
const moreModifiers: Rule<readonly RawCondition[]> = named('more conditions', () =>
  either(
    phrase('', {}, (): readonly RawCondition[] => []),
    phrase('[and] {first} {more}', { first: postModifier, more: moreModifiers }, ({ first, more }): readonly RawCondition[] => [
      ...first,
      ...more,
    ]),
  ),
);
const who = '(that|which|who)';
const postModifier: Rule<readonly RawCondition[]> = named('condition', () =>
  either(
    phrase('(of|from|by|for|to) {of}', { of: modifiedThing }, ({ of }): readonly RawCondition[] => [
      { raw: 'of', entity: of.entity, where: of.where },
    ]),
    phrase(
      `[${who} (are|is|have been|has been)] {against}`,
      { against: against('an amount', amountLiteral) },
      ({ against: { by, right } }, _place, from, to): readonly RawCondition[] => [{ raw: 'amount', by, right, span: [from, to] }],
    ),
    phrase(
      `[${who} (are|is)] between {low} and {high}`,
      { low: amountLiteral, high: amountLiteral },
      ({ low, high }): readonly RawCondition[] => [
        { raw: 'amount', by: 'atLeast', right: low },
        { raw: 'amount', by: 'atMost', right: high },
      ],
    ),
    phrase(
      `(${who} cost|costing) {against}`,
      { against: against('an amount', amountLiteral) },
      ({ against: { by, right } }, _place, from, to): readonly RawCondition[] => [{ raw: 'amount', by, right, span: [from, to] }],
    ),
    phrase('of [the] {path} {values}', { path: bareStep, values }, ({ path: steps, values: among }): readonly RawCondition[] => [
      { raw: 'is', path: steps, values: among, not: false, state: true },
    ]),
    phrase('(of|from|in|within|during) the (last|past) {span}', { span }, ({ span: { amount: n, unit } }): readonly RawCondition[] => [
      { raw: 'period', by: { only: true }, period: { from: { is: 'shift', of: { is: 'today' }, amount: -n, unit }, to: { is: 'today' } } },
    ]),
    phrase(
      `[${who} (are|is)] (older than {span}|more than {span} old)`,
      { span },
      ({ span: { amount: n, unit } }): readonly RawCondition[] => [
        { raw: 'period', by: { only: true }, period: { before: { is: 'shift', of: { is: 'today' }, amount: -n, unit } } },
      ],
    ),
    phrase(`${who} (are|is) {clause}`, { clause: stateClause }, ({ clause }): readonly RawCondition[] => [clause]),
    phrase(`(with|having|${who} (have|has)) {field}`, { field: withClause }, ({ field }): readonly RawCondition[] => [field]),
    phrase('whose {clause}', { clause: isClause }, ({ clause }): readonly RawCondition[] => [clause]),
    phrase(`(without|with no|${who} (have|has) no) [a|an|any] {path}`, { path: bareStep }, ({ path: steps }): readonly RawCondition[] => [
      { raw: 'present', path: steps, value: false },
    ]),
    phrase(
      `[${who} (are|were|is|was)] {participle} {period}`,
      { participle, period },
      ({ participle: word, period: when }): readonly RawCondition[] => [{ raw: 'period', by: { participle: word }, period: when }],
    ),
  ),
);
/** After "which customers": "have no email", "are unpaid", "were placed in 2026". */
export const relative: Rule<readonly RawCondition[]> = named('what is asked of them', () =>
  either(
    phrase(
      '(are|have been) {against}',
      { against: against('an amount', amountLiteral) },
      ({ against: { by, right } }, _place, from, to): readonly RawCondition[] => [{ raw: 'amount', by, right, span: [from, to] }],
    ),
    phrase('(are|have been) {clause}', { clause: stateClause }, ({ clause }): readonly RawCondition[] => [clause]),
    phrase('have {field}', { field: withClause }, ({ field }): readonly RawCondition[] => [field]),
    phrase('have (no|not any) {path}', { path: bareStep }, ({ path: steps }): readonly RawCondition[] => [
      { raw: 'present', path: steps, value: false },
    ]),
    phrase(
      '(are|were|have been) {participle} {period}',
      { participle, period },
      ({ participle: word, period: when }): readonly RawCondition[] => [{ raw: 'period', by: { participle: word }, period: when }],
    ),
  ),
);
/** The participle of a date: "placed" for "placed on", "issued" for "issue date", "due" for "due date". */
const participle: Rule<string> = named('participle', () =>
  look('participle', ({ tokens }, at) => {
    const word = tokens[at];
    return word?.kind === 'word' && (word.text === 'due' || baseOf(word.text) !== undefined) ? [{ end: at + 1, value: word.text }] : [];
  }),
);
export const modifiedThing: Rule<{ readonly entity: string; readonly where: readonly RawCondition[] }> = named(
  'thing with conditions',
  () =>
    phrase(
      '[a|an|the|all|any|each|every|our] {before} {entity} {after}',
      { before: preModifiers, entity: entry('entity'), after: postModifiers },
      ({ before, entity, after }) => ({
        entity: entity.entity,
        where: [...before, ...after],
      }),
    ),
);
const point: Rule<RawFormula> = named('point in time', () =>
  either(
    phrase('{date}', { date }, ({ date: value }): RawFormula => ({ is: 'literal', literal: { is: 'date', value } })),
    said('today', { is: 'today' } as RawFormula),
    phrase('{span} ago', { span }, ({ span: { amount: n, unit } }): RawFormula => ({ is: 'shift', of: { is: 'today' }, amount: -n, unit })),
    phrase('{span} from (now|today)', { span }, ({ span: { amount: n, unit } }): RawFormula => ({
      is: 'shift',
      of: { is: 'today' },
      amount: n,
      unit,
    })),
  ),
);
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const day = (text: string): RawFormula => ({ is: 'literal', literal: { is: 'date', value: text } });
const year: Rule<string> = look('year', ({ tokens }, at) =>
  tokens[at]?.kind === 'number' && /^(19|20|21)\d\d$/.test(tokens[at].raw) ? [{ end: at + 1, value: tokens[at].text }] : [],
);
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
    phrase('(in|within|during) the next {span}', { span }, ({ span: { amount: n, unit } }): Period => ({
      from: { is: 'today' },
      to: { is: 'shift', of: { is: 'today' }, amount: n, unit },
    })),
    phrase('within {span}', { span }, ({ span: { amount: n, unit } }): Period => ({
      from: { is: 'today' },
      to: { is: 'shift', of: { is: 'today' }, amount: n, unit },
    })),
    phrase('(in|within|during) the (last|past) {span}', { span }, ({ span: { amount: n, unit } }): Period => ({
      from: { is: 'shift', of: { is: 'today' }, amount: -n, unit },
      to: { is: 'today' },
    })),
  ),
);
const bareStep: Rule<readonly string[]> = named('named field', () => phrase('{path}', { path }, ({ path: steps }) => steps));
const values: Rule<readonly Literal[]> = named('values', () => listOf('value list', literal, '[,] or'));

/** "a credit limit over 1,000", "tier gold", "status open or paid", "an email". */
const withClause: Rule<RawCondition> = named('field condition', () =>
  either(
    phrase(
      '{path} [of] {against}',
      { path: bareStep, against: against('a formula', formula) },
      ({ path: steps, against: { by, right } }): RawCondition => ({ raw: 'compare', left: { is: 'field', path: steps }, by, right }),
    ),
    phrase('{path} [of] {values}', { path: bareStep, values }, ({ path: steps, values: among }): RawCondition => ({
      raw: 'is',
      path: steps,
      values: among,
      not: false,
    })),
    phrase('[the] {state} {path}', { state: stateWord, path: bareStep }, ({ state, path: steps }): RawCondition | undefined =>
      state.flag === undefined ? { raw: 'is', path: steps, values: [{ is: 'text', value: labelOf(state.word) }], not: false } : undefined,
    ),
    phrase('(a|an|any) {path}', { path: bareStep }, ({ path: steps }): RawCondition => ({ raw: 'present', path: steps, value: true })),
    phrase('{path} {between}', { path: bareStep, between }, ({ path: steps, between: [low, high] }): RawCondition | undefined =>
      low === undefined || high === undefined ? undefined : { raw: 'period', by: { path: steps }, period: { from: low, to: high } },
    ),
  ),
);
const between: Rule<readonly RawFormula[]> = named('between', () =>
  phrase('between {low} and {high}', { low: amountLiteral, high: amountLiteral }, ({ low, high }): readonly RawFormula[] => [
    { is: 'literal', literal: low },
    { is: 'literal', literal: high },
  ]),
);
/** "total is over 500", "tier is gold", "email is missing", "due date is before today". */
export const isClause: Rule<RawCondition> = named('clause', () =>
  either(
    phrase(
      '{left} (is|are) {against}',
      { left: formula, against: against('a formula', formula) },
      ({ left, against: { by, right } }): RawCondition => ({ raw: 'compare', left, by, right }),
    ),
    phrase('{left} (is|are) (before|earlier than) {right}', { left: formula, right: formula }, ({ left, right }): RawCondition => ({
      raw: 'compare',
      left,
      by: 'under',
      right,
    })),
    phrase('{left} (is|are) (after|later than) {right}', { left: formula, right: formula }, ({ left, right }): RawCondition => ({
      raw: 'compare',
      left,
      by: 'over',
      right,
    })),
    phrase('{left} (is|are) on or before {right}', { left: formula, right: formula }, ({ left, right }): RawCondition => ({
      raw: 'compare',
      left,
      by: 'atMost',
      right,
    })),
    phrase('{left} (is|are) on or after {right}', { left: formula, right: formula }, ({ left, right }): RawCondition => ({
      raw: 'compare',
      left,
      by: 'atLeast',
      right,
    })),
    phrase(
      '{path} (is|are) more than {span} ago',
      { path: bareStep, span },
      ({ path: steps, span: { amount: n, unit } }): RawCondition => ({
        raw: 'period',
        by: { path: steps },
        period: { before: { is: 'shift', of: { is: 'today' }, amount: -n, unit } },
      }),
    ),
    phrase('{left} exceeds {right}', { left: formula, right: formula }, ({ left, right }): RawCondition => ({
      raw: 'compare',
      left,
      by: 'over',
      right,
    })),
    phrase('{path} (is|are) [either] {values}', { path: bareStep, values }, ({ path: steps, values: among }): RawCondition => ({
      raw: 'is',
      path: steps,
      values: among,
      not: false,
    })),
    phrase('{path} (is|are) not {values}', { path: bareStep, values }, ({ path: steps, values: among }): RawCondition => ({
      raw: 'is',
      path: steps,
      values: among,
      not: true,
    })),
    phrase('{path} (is|are) (missing|empty|not known|unknown|not set)', { path: bareStep }, ({ path: steps }): RawCondition => ({
      raw: 'present',
      path: steps,
      value: false,
    })),
    phrase('{path} (is|are) (known|set|given|present)', { path: bareStep }, ({ path: steps }): RawCondition => ({
      raw: 'present',
      path: steps,
      value: true,
    })),
    phrase('{path} (is|are) {period}', { path: bareStep, period }, ({ path: steps, period: when }): RawCondition => ({
      raw: 'period',
      by: { path: steps },
      period: when,
    })),
    phrase('{path} (is|are) {between}', { path: bareStep, between }, ({ path: steps, between: [low, high] }): RawCondition | undefined =>
      low === undefined || high === undefined ? undefined : { raw: 'period', by: { path: steps }, period: { from: low, to: high } },
    ),
  ),
);
/** After "it is": "open", "not shipped", "open or paid", "over 500". */
export const stateClause: Rule<RawCondition> = named('state clause', () =>
  either(
    phrase('[still|already|either] {states}', { states: orStates }, ({ states }): RawCondition => ({
      raw: 'state',
      among: states,
      not: false,
    })),
    phrase(
      '(not|not yet|no longer|neither) {states}',
      { states: listOf('states with or, nor', stateWord, '[,] (or|nor)') },
      ({ states }): RawCondition => ({ raw: 'state', among: states, not: true }),
    ),
  ),
);

/** After "when": "it is open", "its total is over 500 and its customer is gold". */
export const whenClauses: Rule<readonly RawCondition[]> = named('when clauses', () => listOf('when clause', whenClause, '[,] and'));
const whenClause: Rule<RawCondition> = named('when clause', () =>
  either(
    phrase('(it|they) (is|are) {state}', { state: stateClause }, ({ state }) => state),
    phrase(
      '(it|they) (is|are) [worth] {against}',
      { against: against('an amount', amountLiteral) },
      ({ against: { by, right } }): RawCondition => ({ raw: 'amount', by, right }),
    ),
    phrase('(it|they) (has|have) been {states}', { states: orStates }, ({ states }): RawCondition => ({
      raw: 'state',
      among: states,
      not: false,
    })),
    phrase('(it|they) (has|have) (not been|not yet been|never been) {state}', { state: stateWord }, ({ state }): RawCondition => ({
      raw: 'state',
      among: [state],
      not: true,
    })),
    phrase('(it|they) (has|have) no {path}', { path: bareStep }, ({ path: steps }): RawCondition => ({
      raw: 'present',
      path: steps,
      value: false,
    })),
    phrase('(it|they) (has|have) {field}', { field: withClause }, ({ field }) => field),
    isClause,
  ),
);
before.fill(preModifiers);
after.fill(postModifiers);
