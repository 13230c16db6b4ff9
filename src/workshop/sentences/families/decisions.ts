/** Decision rules: discounts and approvals. */
import { entityNamed, type SystemModel } from '#model';
import { bindConditions, ordered, prefixed } from '../bind.ts';
import { stateClause, whenClauses } from '../grammar/conditions.ts';
import type { RawCondition } from '../grammar/raw.ts';
import { determiner, entry } from '../grammar/nouns.ts';
import { against, amount, amountLiteral, money, percent } from '../grammar/values.ts';
import type { Request } from '../request.ts';
import { fieldList, fieldsOfKind, oneOf, rowOf, waysTo } from '../resolve.ts';
import { either, named, optional, phrase, Problem, type Rule } from '../rule.ts';
import { type Group, group } from './groups.ts';

type Off = { readonly percent: string } | { readonly amount: string };

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

export const decisions: Rule<Request> = either(discount, approval);
