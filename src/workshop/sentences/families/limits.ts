/** Limits: what must not be over, under or more, and what must be there. */
import type { SystemModel } from '#model';
import { bindConditions, bindFormula, bindPath, compared } from '../bind.ts';
import { formula, path } from '../grammar/formulas.ts';
import type { RawFormula } from '../grammar/raw.ts';
import { determiner, entry } from '../grammar/nouns.ts';
import { amountLiteral } from '../grammar/values.ts';
import { labelOf } from '../names.ts';
import type { Comparison, Condition, Formula, Literal, Request } from '../request.ts';
import { fieldAt, fieldList, fieldsOfKind, oneOf, rowOf } from '../resolve.ts';
import { either, named, optional, phrase, Problem, type Rule } from '../rule.ts';
import { type Group, group } from './groups.ts';

const NOT = '(can|may|must|should|shall|will) (not|never)';
export const limits: Rule<Request> = named('limit', () =>
  either(
    phrase(
      `{what} ${NOT} [be|have a total|have a value|cost|be worth|go|get] (over|above|more than|greater than|higher than|larger than|bigger than|beyond) {right}`,
      { what: group, right: formula },
      ({ what, right }, { lookup }) => limiting(lookup.model, what, undefined, 'atMost', right),
    ),
    phrase(`{what} ${NOT} exceed {right}`, { what: group, right: formula }, ({ what, right }, { lookup }) =>
      limiting(lookup.model, what, undefined, 'atMost', right),
    ),
    phrase(
      `{what} ${NOT} [be|cost|be worth] (under|below|less than|lower than|smaller than) {right}`,
      { what: group, right: formula },
      ({ what, right }, { lookup }) => limiting(lookup.model, what, undefined, 'atLeast', right),
    ),
    phrase(
      '{what} (must be|must stay|must remain|must always be|has to be|have to be|is|are|should be|may be) (at most|no more than|within|not more than|not over|up to) {right}',
      { what: group, right: formula },
      ({ what, right }, { lookup }) => limiting(lookup.model, what, undefined, 'atMost', right),
    ),
    phrase(
      '{what} (must be|must stay|must remain|must always be|has to be|have to be|should be) (at least|no less than|not under) {right}',
      { what: group, right: formula },
      ({ what, right }, { lookup }) => limiting(lookup.model, what, undefined, 'atLeast', right),
    ),
    phrase(
      'no {what} (can|may|must|should) (be over|be above|exceed|be more than|be larger than|be higher than) {right}',
      { what: group, right: formula },
      ({ what, right }, { lookup }) => limiting(lookup.model, what, undefined, 'atMost', right),
    ),
    phrase(
      `{left} of {what} ${NOT} [be|go|get|fall|come|lie] {by} {right}`,
      { left: leftPath, what: group, by: wrong, right: formula },
      ({ left, what, by, right }, { lookup }) => limiting(lookup.model, what, left, by, right),
    ),
    phrase(`{left} of {what} ${NOT} exceed {right}`, { left: leftPath, what: group, right: formula }, ({ left, what, right }, { lookup }) =>
      limiting(lookup.model, what, left, 'atMost', right),
    ),
    phrase(
      `{left} of {what} (must be|must lie|must come|has to be|must always be|should be|is always|is) {by} {right}`,
      { left: leftPath, what: group, by: right_, right: formula },
      ({ left, what, by, right }, { lookup }) => limiting(lookup.model, what, left, by, right),
    ),
    phrase(
      `{owner} ('s|') {left} ${NOT} [be|go|get|fall|come|lie] {by} {right}`,
      { owner: group, left: leftPath, by: wrong, right: formula },
      ({ owner, left, by, right }, { lookup }) => limiting(lookup.model, owner, left, by, right),
    ),
    phrase(
      `{owner} ('s|') {left} ${NOT} exceed {right}`,
      { owner: group, left: leftPath, right: formula },
      ({ owner, left, right }, { lookup }) => limiting(lookup.model, owner, left, 'atMost', right),
    ),
    phrase(
      '{what} without [any] {items} (is|are) not (allowed|possible|accepted|permitted)',
      { what: bareGroup, items: listItems },
      ({ what, items }, { lookup }) => counting(lookup.model, what, items, 'atLeast', { is: 'number', value: '1' }),
    ),
    phrase('no {what} without [any] {items}', { what: bareGroup, items: listItems }, ({ what, items }, { lookup }) =>
      counting(lookup.model, what, items, 'atLeast', { is: 'number', value: '1' }),
    ),
    phrase(
      '{what} (must have|has to have|have to have|needs|need|must contain) at least {n} {items}',
      { what: group, n: amountLiteral, items: listItems },
      ({ what, n, items }, { lookup }) => counting(lookup.model, what, items, 'atLeast', n),
    ),
    phrase(
      '{what} (can have|may have|has|have|must have|can contain) (at most|no more than|up to) {n} {items}',
      { what: group, n: amountLiteral, items: listItems },
      ({ what, n, items }, { lookup }) => counting(lookup.model, what, items, 'atMost', n),
    ),
    phrase(
      `{what} ${NOT} have (more than|over) {n} {items}`,
      { what: group, n: amountLiteral, items: listItems },
      ({ what, n, items }, { lookup }) => counting(lookup.model, what, items, 'atMost', n),
    ),
  ),
);
const bareGroup: Rule<Group> = named('any of them', () =>
  phrase('[{det}] {entity}', { det: optional(determiner), entity: entry('entity') }, ({ entity }): Group => ({
    entity: entity.entity,
    where: [],
  })),
);
const leftPath: Rule<RawFormula> = named('limited field', () =>
  phrase('{path}', { path }, ({ path: steps }): RawFormula => ({ is: 'field', path: steps })),
);
const listItems: Rule<string> = named('items', () => phrase('{item}', { item: entry('item') }, ({ item }) => item.list));
/** What must not be, as what must hold. */
const wrong: Rule<Comparison> = named('what must not be', () =>
  either(
    phrase('(over|above|more than|greater than|higher than|larger than|bigger than|after|later than)', {}, (): Comparison => 'atMost'),
    phrase('(under|below|less than|lower than|smaller than|before|earlier than)', {}, (): Comparison => 'atLeast'),
  ),
);
const right_: Rule<Comparison> = named('what must be', () =>
  either(
    phrase('(over|above|more than|greater than|higher than|larger than|after|later than)', {}, (): Comparison => 'over'),
    phrase('(under|below|less than|lower than|smaller than|before|earlier than)', {}, (): Comparison => 'under'),
    phrase('(at least|no less than|not before|not under|not below|not earlier than|on or after)', {}, (): Comparison => 'atLeast'),
    phrase('(at most|no more than|not after|not over|not above|within|not later than|on or before)', {}, (): Comparison => 'atMost'),
  ),
);
function limiting(
  model: SystemModel,
  what: Group,
  left: RawFormula | undefined,
  by: Comparison,
  raw: RawFormula,
): Request | Problem | undefined {
  const row = rowOf(model, { entity: what.entity });
  if (row === undefined) return undefined;
  const where = bindConditions(model, row, what.where);
  if (where instanceof Problem) return where;
  const right = bindFormula(model, row, raw);
  if (right instanceof Problem) return right;
  let bound: Formula;
  if (left === undefined) {
    const amounts = fieldsOfKind(model, row, 'money');
    const only = amounts[0];
    if (only === undefined || amounts.length > 1)
      return new Problem(
        `${oneOf(model, row.owner)} has ${amounts.length === 0 ? 'no amount' : `several amounts: ${fieldList(amounts)}`}.`,
      );
    bound = { is: 'field', path: [only.name] };
  } else {
    const made = left.is === 'field' ? bindPath(model, row, left.path) : new Problem('That cannot be limited.');
    if (made instanceof Problem) return made;
    bound = { is: 'field', path: made };
  }
  const made = compared(model, row, bound, by, right);
  if (made instanceof Problem) return made;
  const only = made[0];
  if (only?.is !== 'compare') return undefined;
  const field = bound.is === 'field' ? fieldAt(model, row, bound.path)?.field : undefined;
  const stored = field !== undefined && field.derived === undefined && bound.is === 'field' && bound.path.length === 1;
  if (only.right.is === 'literal' && stored && where.length === 0) {
    if (left !== undefined || (by !== 'atMost' && by !== 'atLeast')) return undefined;
    const value = only.right.literal.is === 'money' || only.right.literal.is === 'number' ? only.right.literal.value : '';
    return { act: 'setBounds', owner: row.owner, field: field.name, ...(by === 'atMost' ? { max: value } : { min: value }) };
  }
  return { act: 'limit', entity: what.entity, where, left: only.left, by, right: only.right };
}
function counting(model: SystemModel, what: Group, list: string, by: Comparison, n: Literal): Request | Problem | undefined {
  const row = rowOf(model, { entity: what.entity });
  if (row === undefined || !row.fields.some((field) => field.name === list && field.type.kind === 'list'))
    return new Problem(`That has no ${labelOf(list)}.`);
  const where: readonly Condition[] | Problem = bindConditions(model, row, what.where);
  if (where instanceof Problem) return where;
  if (n.is !== 'number' || !/^\d+$/.test(n.value)) return new Problem('Items are counted in whole numbers.');
  return {
    act: 'limit',
    entity: what.entity,
    where,
    left: { is: 'aggregate', op: 'count', over: { list, where: [] } },
    by,
    right: { is: 'literal', literal: n },
  };
}
