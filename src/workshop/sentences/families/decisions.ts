/** Decision rules: discounts, approvals, limits. */
import { entityNamed, type SystemModel } from '#model';
import { bindConditions, bindFormula, bindPath, compared, ordered, prefixed } from '../bind.ts';
import { modifiedThing, stateClause, whenClauses } from '../grammar/conditions.ts';
import { formula, path } from '../grammar/formulas.ts';
import type { RawCondition, RawFormula } from '../grammar/raw.ts';
import { determiner, entry } from '../grammar/nouns.ts';
import { against, amount, amountLiteral, money, percent } from '../grammar/values.ts';
import { labelOf } from '../names.ts';
import type { Comparison, Condition, Formula, Literal, Request } from '../request.ts';
import { fieldAt, fieldList, fieldsOfKind, oneOf, rowOf, waysTo } from '../resolve.ts';
import { either, named, optional, phrase, Problem, type Rule } from '../rule.ts';

interface Group {
  readonly entity: string;
  readonly where: readonly RawCondition[];
}
type Off = { readonly percent: string } | { readonly amount: string };

const group: Rule<Group> = named('rows meant', () => modifiedThing);
const share: Rule<Off> = named('share', () =>
  either(
    phrase('{percent}', { percent }, ({ percent: p }): Off => ({ percent: p })),
    phrase('{money}', { money }, ({ money: m }): Off => ({ amount: m })),
  ),
);
/** "10% off", "a 10% discount on", "a discount of 10% on"; what follows is what it is taken off. */
const offFrom: Rule<Off> = named('off', () =>
  either(
    phrase('{percent} (on|for)', { percent }, ({ percent: p }): Off => ({ percent: p })),
    phrase('[a|an] {share} (off|off of|off on|off from|less on|less for)', { share }, ({ share: s }) => s),
    phrase('[a|an] {share} [off] (discount|rebate|reduction) (on|for|off)', { share }, ({ share: s }) => s),
    phrase('[a|an] (discount|rebate|reduction) of {share} (on|for|off)', { share }, ({ share: s }) => s),
  ),
);
const offAlone: Rule<Off> = named('off it', () =>
  either(
    phrase('[a|an] {share} off', { share }, ({ share: s }) => s),
    phrase('[a|an] {share} (discount|rebate|reduction)', { share }, ({ share: s }) => s),
    phrase('[a|an] (discount|rebate|reduction) of {share}', { share }, ({ share: s }) => s),
  ),
);
const GET =
  '(get|gets|receive|receives|have|has|are given|is given|enjoy|enjoys|should get|shall get|will get|must get|are entitled to|earn|always get|should always get|will always get|shall always get|should receive)';
const BASE = '[their|his|her|the total of|the price of|the value of] [all|any|each|every]';

const discount: Rule<Request> = named('discount', () =>
  either(
    phrase(`{who} ${GET} {off} ${BASE} {what}`, { who: group, off: offFrom, what: group }, ({ who, off, what }, { lookup }) =>
      discounting(lookup.model, what, who, off),
    ),
    phrase(`{what} ${GET} {off}`, { what: group, off: offAlone }, ({ what, off }, { lookup }) =>
      discounting(lookup.model, what, undefined, off),
    ),
    phrase(
      `[we] (give|grant|offer|allow) {who} {off} ${BASE} {what}`,
      { who: group, off: offFrom, what: group },
      ({ who, off, what }, { lookup }) => discounting(lookup.model, what, who, off),
    ),
    phrase(`[we] (give|grant|offer|allow) {what} {off}`, { what: group, off: offAlone }, ({ what, off }, { lookup }) =>
      discounting(lookup.model, what, undefined, off),
    ),
    phrase(
      '[(take|give|grant|there is|there should be|we give)] {off} {what} (for|to) {who}',
      { off: offFrom, what: group, who: group },
      ({ off, what, who }, { lookup }) => discounting(lookup.model, what, who, off),
    ),
    phrase(
      '[(take|give|grant|there is|there should be|we give)] {off} {what}',
      { off: offFrom, what: group },
      ({ off, what }, { lookup }) => discounting(lookup.model, what, undefined, off),
    ),
    phrase(
      '(give|grant|offer) {off} to {who} (on|for) [all|any|each|every] {what}',
      { off: offAlone, who: group, what: group },
      ({ off, who, what }, { lookup }) => discounting(lookup.model, what, who, off),
    ),
    phrase('(discount|reduce) {what} by {share}', { what: group, share }, ({ what, share: off }, { lookup }) =>
      discounting(lookup.model, what, undefined, off),
    ),
    phrase('{what} (is|are|should be) (discounted|reduced) by {share}', { what: group, share }, ({ what, share: off }, { lookup }) =>
      discounting(lookup.model, what, undefined, off),
    ),
    phrase('{what} (is|are) {share} (cheaper|off) for {who}', { what: group, share, who: group }, ({ what, share: off, who }, { lookup }) =>
      discounting(lookup.model, what, who, off),
    ),
    phrase(`(when|if) {what} [,] it ${GET} {off}`, { what: groupIs, off: offAlone }, ({ what, off }, { lookup }) =>
      discounting(lookup.model, what, undefined, off),
    ),
    phrase(
      `{what} ${GET} {off} [,] (when|if|as soon as|provided that|provided|as long as) {when}`,
      { what: group, off: offAlone, when: whenClauses },
      ({ what, off, when }, { lookup }) => discounting(lookup.model, { ...what, where: [...what.where, ...when] }, undefined, off),
    ),
    phrase('(when|if) {what} [,] [then] (take|give|grant) {off}', { what: groupIs, off: offAlone }, ({ what, off }, { lookup }) =>
      discounting(lookup.model, what, undefined, off),
    ),
    phrase(
      '(when|if) {what} [,] [then] (it is|is) (discounted|reduced) by {share}',
      { what: groupIs, share },
      ({ what, share: off }, { lookup }) => discounting(lookup.model, what, undefined, off),
    ),
    phrase('{off} (applies|apply|is given|is granted) (to|on|for) {what}', { off: offAlone, what: group }, ({ off, what }, { lookup }) =>
      discounting(lookup.model, what, undefined, off),
    ),
    phrase(
      '{what} (is|are|should be) (discounted|reduced) by {share} [,] (when|if|provided that|provided|as long as) {when}',
      { what: group, share, when: whenClauses },
      ({ what, share: off, when }, { lookup }) => discounting(lookup.model, { ...what, where: [...what.where, ...when] }, undefined, off),
    ),
    phrase(
      `(when|if) {who} and {what} [,] [then] (it|they) ${GET} {off}`,
      { who: groupIs, what: groupIs, off: offAlone },
      ({ who, what, off }, { lookup }) => (who.entity === what.entity ? undefined : discounting(lookup.model, what, who, off)),
    ),
    phrase('for {who} [,] there (is|should be) {off} {what}', { who: group, off: offFrom, what: group }, ({ who, off, what }, { lookup }) =>
      discounting(lookup.model, what, who, off),
    ),
    phrase(`for {what} [,] {who} ${GET} {off}`, { what: group, who: group, off: offAlone }, ({ what, who, off }, { lookup }) =>
      discounting(lookup.model, what, who, off),
    ),
  ),
);
/** "an order is over 500 and its customer is gold". */
const groupIs: Rule<Group> = named('rows that are', () =>
  either(
    phrase(
      '[{det}] {entity} exceeds {right}',
      { det: optional(determiner), entity: entry('entity'), right: amountLiteral },
      ({ entity, right }): Group => ({ entity: entity.entity, where: [{ raw: 'amount', by: 'over', right }] }),
    ),
    phrase(
      '[{det}] {entity} is {when}',
      { det: optional(determiner), entity: entry('entity'), when: isTail },
      ({ entity, when }): Group => ({ entity: entity.entity, where: when }),
    ),
    phrase(
      '[{det}] {entity} is {first} and {when}',
      { det: optional(determiner), entity: entry('entity'), first: isTail, when: whenClauses },
      ({ entity, first, when }): Group => ({ entity: entity.entity, where: [...first, ...when] }),
    ),
  ),
);
const isTail: Rule<readonly RawCondition[]> = named('what it is', () =>
  either(
    phrase('{state}', { state: stateClause }, ({ state }): readonly RawCondition[] => [state]),
    phrase('[worth] {against}', { against: against('an amount', amountLiteral) }, ({ against: { by, right } }): readonly RawCondition[] => [
      { raw: 'amount', by, right },
    ]),
  ),
);

function discounting(model: SystemModel, what: Group, who: Group | undefined, off: Off): Request | Problem {
  const entity = entityNamed(model, what.entity);
  const row = rowOf(model, { entity: what.entity });
  if (entity === undefined || row === undefined) return new Problem('There is no such thing.');
  const amounts = fieldsOfKind(model, row, 'money');
  const total = amounts.find((field) => field.derived !== undefined);
  if (total === undefined) {
    const others =
      who === undefined
        ? model.entities.filter(
            (other) =>
              waysTo(model, other, entity.name).length === 1 &&
              other.name !== entity.name &&
              other.fields.some((field) => field.type.kind === 'money' && field.derived !== undefined),
          )
        : [];
    const requests = others.flatMap((other): readonly Request[] => {
      const made = discounting(model, { entity: other.name, where: [] }, what, off);
      return made instanceof Problem ? [] : [made];
    });
    const why = `${oneOf(model, row.owner)} has no calculated total from which a discount could be taken.`;
    return requests.length === 0 ? new Problem(why) : new Problem(why, { why: 'Off what?', requests });
  }
  if (amounts.filter((field) => field.derived !== undefined).length > 1)
    return new Problem(`${oneOf(model, row.owner)} has several calculated amounts: ${fieldList(amounts)}.`);
  if ('percent' in off && !(Number(off.percent) > 0 && Number(off.percent) <= 100))
    return new Problem(`A discount of ${off.percent}% is not possible: it must be above 0% and at most 100%.`);
  if ('percent' in off && (off.percent.split('.')[1] ?? '').length > 2)
    return new Problem('A percentage has at most two digits after the point.');
  if ('amount' in off) {
    const fitted = amount(model, off.amount);
    if (fitted instanceof Problem) return fitted;
    if (!(Number(off.amount) > 0)) return new Problem('A discount must be above 0.');
  }
  const own = bindConditions(model, row, what.where);
  if (own instanceof Problem) return own;
  if (who === undefined) return { act: 'discount', entity: entity.name, where: own, off };
  const ways = waysTo(model, entity, who.entity);
  const way = ways[0];
  const target = rowOf(model, { entity: who.entity });
  if (way === undefined || ways.length > 1 || target === undefined)
    return new Problem(`${oneOf(model, row.owner)} does not belong to ${oneOf(model, { entity: who.entity })}.`);
  const theirs = bindConditions(model, target, who.where);
  if (theirs instanceof Problem) return theirs;
  return {
    act: 'discount',
    entity: entity.name,
    where: ordered(row, [...theirs.map((condition) => prefixed(condition, way)), ...own]),
    off,
  };
}

const role: Rule<string> = named('role', () =>
  phrase('[a|an|the|one of the] {role}', { role: entry('role') }, ({ role: found }) => found.role),
);
/** To approve, in other words. */
const APPROVE = '(approve|sign off|authorise|authorize|release)';
const APPROVED = '(approved|signed off|authorised|authorized|released)';
const approval: Rule<Request> = named('approval', () =>
  either(
    phrase(
      `(when|if) {what} [,] {role} (must|has to|have to|needs to|need to|should|shall) [first] ${APPROVE} (it|them) [first] {before}`,
      { what: groupIs, role, before },
      ({ what, role: by, before: b }, { lookup }) => approving(lookup.model, what, by, b),
    ),
    phrase(
      `(when|if) {what} [,] (it|they) (must|has to|have to|needs to|need to|should|shall) be ${APPROVED} by {role} [first] {before}`,
      { what: groupIs, role, before },
      ({ what, role: by, before: b }, { lookup }) => approving(lookup.model, what, by, b),
    ),
    phrase(
      '(when|if) {what} [,] (it|they) (needs|need|requires|require) [the|an] approval (by|of|from) {role} {before}',
      { what: groupIs, role, before },
      ({ what, role: by, before: b }, { lookup }) => approving(lookup.model, what, by, b),
    ),
    phrase(
      '{what} (need|needs|require|requires|must have|must get|have to have|has to have|should have|must await) [the|an] approval (by|of|from) {role} {before}',
      { what: group, role, before },
      ({ what, role: by, before: b }, { lookup }) => approving(lookup.model, what, by, b),
    ),
    phrase(
      "{what} (need|needs|require|requires|must have|must get) {role} 's approval {before}",
      { what: group, role, before },
      ({ what, role: by, before: b }, { lookup }) => approving(lookup.model, what, by, b),
    ),
    phrase(
      '{what} (need|needs|require|requires) {role} approval {before}',
      { what: group, role, before },
      ({ what, role: by, before: b }, { lookup }) => approving(lookup.model, what, by, b),
    ),
    phrase(
      '{what} (must|need to|needs to|have to|has to|should|shall|are to|must always|must first) [first|always] be [first] (approved|signed off|authorised|authorized|released) by {role} [first|beforehand] {before}',
      { what: group, role, before },
      ({ what, role: by, before: b }, { lookup }) => approving(lookup.model, what, by, b),
    ),
    phrase(
      '{role} (must|has to|have to|needs to|need to|should|shall) [first] (approve|sign off|authorise|authorize|release) {what} [first] {before}',
      { role, what: group, before },
      ({ role: by, what, before: b }, { lookup }) => approving(lookup.model, what, by, b),
    ),
    phrase(
      '[an] approval (by|of|from) {role} is (needed|required|necessary) for {what} {before}',
      { role, what: group, before },
      ({ role: by, what, before: b }, { lookup }) => approving(lookup.model, what, by, b),
    ),
    phrase('{what} (need|needs|require|requires) [an] approval', { what: group }, ({ what }, { lookup }) =>
      whoApproves(lookup.model, what),
    ),
    phrase('{what} (must be|need to be|needs to be|have to be|has to be) approved', { what: group }, ({ what }, { lookup }) =>
      whoApproves(lookup.model, what),
    ),
  ),
);
const before: Rule<string> = named('before what', () =>
  either(
    phrase('', {}, (): string => ''),
    phrase(
      'before (its|their|the) {field} (changes|change|is changed|can change|can be changed|may change)',
      { field: entry('field') },
      ({ field }): string => field.name,
    ),
  ),
);
function approving(model: SystemModel, what: Group, by: string, beforeField: string): Request | Problem {
  const row = rowOf(model, { entity: what.entity });
  if (row === undefined) return new Problem('There is no such thing.');
  const where = bindConditions(model, row, what.where);
  if (where instanceof Problem) return where;
  const states = fieldsOfKind(model, row, 'choice');
  const only = beforeField === '' ? states[0] : states.find((field) => field.name === beforeField);
  const request = (field: string): Request => ({ act: 'approval', entity: what.entity, where, role: by, before: field });
  if (only === undefined) {
    return new Problem(`${oneOf(model, row.owner)} has no state that an approval could hold back.`, {
      why: `Before what must ${oneOf(model, row.owner)} be approved? It has no state yet; with one, its change could wait for the approval.`,
      sequences: [
        [
          {
            act: 'addFields',
            owner: row.owner,
            fields: [{ name: 'status', type: { kind: 'choice', choices: ['open', 'closed'] }, default: { is: 'choice', value: 'open' } }],
          },
          request('status'),
        ],
      ],
    });
  }
  if (states.length > 1 && beforeField === '') {
    return new Problem(`${oneOf(model, row.owner)} has several states: ${fieldList(states)}.`, {
      why: 'Before which of them changes?',
      requests: states.map((field) => request(field.name)),
    });
  }
  return request(only.name);
}
function whoApproves(model: SystemModel, what: Group): Request | Problem {
  const requests = model.settings.roles.filter((each) => each.write).map((each) => approving(model, what, each.name, ''));
  const problem = requests.find((each) => each instanceof Problem);
  if (problem instanceof Problem) return problem;
  return new Problem('It does not say who approves.', {
    why: 'Who approves?',
    requests: requests.flatMap((each) => (each instanceof Problem ? [] : [each])),
  });
}

const NOT = '(can|may|must|should|shall|will) (not|never)';
const limit: Rule<Request> = named('limit', () =>
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
export const decisions: Rule<Request> = either(discount, approval, limit);
