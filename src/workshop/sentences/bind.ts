/**
 * Binds what was said to a row of this system: names to fields and paths, states to their choices, amounts to the one
 * amount there is. What the row cannot have is a problem with its reason, and a derivation with a problem is no reading.
 */
import { entityById, entityByPlural, entityNamed, fieldNamed, type SystemModel } from '#model';
import { typeOfFormula } from './formula-type.ts';
import type { RawCondition, RawFormula } from './grammar/raw.ts';
import { amount, fit } from './grammar/values.ts';
import { baseOf, participlesOf } from './inflection.ts';
import { camelOf, labelOf, listed } from './names.ts';
import type { Comparison, Condition, Formula, Literal } from './request.ts';
import { choiceSaid, fieldAt, fieldList, fieldsOfKind, oneOf, referencesTo, type Row, rowOf, waysTo } from './resolve.ts';
import { Problem } from './rule.ts';

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
      if (related === undefined || inside === undefined || row.owner.list !== undefined)
        return new Problem(`${oneOf(model, row.owner)} has no list "${labelOf(raw.over.name)}".`);
      const references = referencesTo(related, row.entity);
      const via = references[0];
      if (via === undefined) return new Problem(`No ${labelOf(related.name)} refers to ${oneOf(model, row.owner)}.`);
      if (references.length > 1) return new Problem(`${labelOf(related.plural)} refer to ${oneOf(model, row.owner)} in more than one way.`);
      return overRows(model, inside, raw, { entity: related.name, via: via.name });
    }
  }
}
function overRows(
  model: SystemModel,
  inside: Row,
  raw: Extract<RawFormula, { is: 'aggregate' }>,
  where: { readonly list: string } | { readonly entity: string; readonly via: string },
): Formula | Problem {
  const conditions = bindConditions(model, inside, raw.over.where);
  if (conditions instanceof Problem) return conditions;
  const over = { ...where, where: conditions };
  if (raw.amount === true) {
    const amounts = fieldsOfKind(model, inside, 'money');
    const only = amounts[0];
    return only === undefined || amounts.length > 1 || inside.owner.list !== undefined || !saysSize(only.name)
      ? new Problem(`It is not clear what of the ${labelOf(inside.name)} is added up.`)
      : { is: 'aggregate', op: raw.op, over, value: { is: 'field', path: [only.name] } };
  }
  if (raw.value === undefined) return { is: 'aggregate', op: raw.op, over };
  const value = bindFormula(model, inside, raw.value);
  if (value instanceof Problem) return value;
  const type = typeOfFormula(model, inside, value);
  if (type instanceof Problem) return type;
  const numeric = type === 'money' || type === 'integer' || type === 'decimal';
  if (raw.dates === true ? type !== 'date' : !numeric && !(type === 'date' && (raw.op === 'largest' || raw.op === 'smallest'))) {
    return new Problem(
      `${raw.op === 'sum' ? 'A sum' : 'That'} needs ${raw.dates === true ? 'a date' : 'numbers or amounts'}, and this is ${type}.`,
    );
  }
  return { is: 'aggregate', op: raw.op, over, value };
}
/** The first step may be the row itself ("the total of the order"). */
export function bindPath(model: SystemModel, row: Row, path_: readonly string[]): readonly string[] | Problem {
  const tries = [path_, ...(path_.length > 1 && (path_[0] === row.entity.name || path_[0] === row.name) ? [path_.slice(1)] : [])];
  const found = tries.find((steps) => fieldAt(model, row, steps) !== undefined);
  return (
    found ??
    new Problem(
      `${oneOf(model, row.owner)} has no ${labelOf(path_.at(-1) ?? '')}${path_.length > 1 ? ` of its ${labelOf(path_[0] ?? '')}` : ''}.`,
    )
  );
}

export function bindConditions(model: SystemModel, row: Row, raws: readonly RawCondition[]): readonly Condition[] | Problem {
  // "with a credit limit of at least 5,000" is one condition, not "has one" and another about some amount.
  if (raws.some((raw, index) => raw.raw === 'present' && raw.value && raws[index + 1]?.raw === 'amount'))
    return new Problem('That is one condition.');
  const bound: Condition[] = [];
  for (const raw of raws) {
    const made = bind(model, row, raw);
    if (made instanceof Problem) return made;
    bound.push(...made);
  }
  const states = bound
    .filter((each) => each.is === 'flag' || (each.is === 'choice' && each.not !== true))
    .map((each) => ('path' in each ? each.path.join('.') : ''));
  const twice = states.find((path, index) => states.indexOf(path) !== index);
  if (twice !== undefined)
    return new Problem(`The ${labelOf(twice.split('.').at(-1) ?? '')} is said twice: no ${labelOf(row.name)} is both.`);
  return ordered(row, bound);
}
/** In the order in which they are said: states first, then what is referred to, then the rest. So the same conditions are the same tree. */
export function ordered(row: Row, conditions: readonly Condition[]): readonly Condition[] {
  const rank = (condition: Condition): number => {
    if (condition.is === 'flag' && condition.path.length === 1) return 0;
    if (condition.is === 'choice' && condition.path.length === 1) return condition.not !== true && soleChoice(row, condition.among) ? 0 : 2;
    if (condition.is === 'compare') return condition.left.is === 'field' && condition.left.path.length > 1 ? 1 : 2;
    return condition.path.length > 1 ? 1 : 2;
  };
  return conditions.toSorted((a, b) => rank(a) - rank(b));
}
/** Whether only one field of the row has all these values. */
export const soleChoice = (row: Row, among: readonly string[]): boolean =>
  row.fields.filter(
    (field) =>
      field.type.kind === 'choice' &&
      among.every((name) => field.type.kind === 'choice' && field.type.choices.some((choice) => choice.name === name)),
  ).length === 1;
function bind(model: SystemModel, row: Row, raw: RawCondition): readonly Condition[] | Problem {
  switch (raw.raw) {
    case 'state':
      return bindState(model, row, raw);
    case 'of': {
      const paths = waysTo(model, row.entity, raw.entity);
      const target = rowOf(model, { entity: raw.entity });
      const first = paths[0];
      if (row.owner.list !== undefined || target === undefined || first === undefined)
        return new Problem(`${oneOf(model, row.owner)} does not lead to ${oneOf(model, { entity: raw.entity })}.`);
      if (paths.length > 1)
        return new Problem(`${oneOf(model, row.owner)} leads to ${oneOf(model, { entity: raw.entity })} in more than one way.`);
      if (raw.where.length === 0) return new Problem(`Which ${labelOf(target.entity.plural)} are meant?`);
      const loose = raw.where.find((each) => each.raw === 'amount');
      if (loose !== undefined && !saysSize(fieldsOfKind(model, target, 'money')[0]?.name))
        return new Problem(`Say which amount of ${oneOf(model, { entity: raw.entity })} is meant.`);
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
          why: `Which amount of ${oneOf(model, row.owner)} is meant: ${listed(
            fields.map((each) => labelOf(each.name)),
            'or',
          )}?`,
          ...(raw.span === undefined ? {} : { span: raw.span }),
          instead: fields.map(
            (each) =>
              `with a ${labelOf(each.name)} ${words} ${raw.right.is === 'money' || raw.right.is === 'number' ? raw.right.value : ''}`,
          ),
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
      const field = fieldAt(model, row, steps)?.field;
      const kind = field?.type.kind;
      return kind === 'list' || kind === 'boolean' || (steps.length === 1 && (field?.required === true || field?.derived !== undefined))
        ? new Problem('That is always there.')
        : [{ is: 'present', path: steps, value: raw.value }];
    }
    case 'is':
      if (raw.state === true && fieldAt(model, row, raw.path)?.field.type.kind !== 'choice')
        return new Problem('Only a choice is "of" a value.');
      return bindIs(model, row, raw.path, raw.values, raw.not);
    case 'period': {
      const steps =
        'path' in raw.by
          ? bindPath(model, row, raw.by.path)
          : 'only' in raw.by
            ? onlyDate(model, row)
            : dateByParticiple(model, row, raw.by.participle);
      if (steps instanceof Problem) return steps;
      const made: Condition[] = [];
      const left: Formula = { is: 'field', path: steps };
      for (const [member, by] of [
        ['from', 'atLeast'],
        ['after', 'over'],
        ['to', 'atMost'],
        ['before', 'under'],
      ] as const) {
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
/** Amounts that tell how large a thing is, so that "orders over 500" says enough. */
export const saysSize = (name: string | undefined): boolean =>
  name !== undefined && /(total|price|amount|cost|value|fee|salary|budget|sum)$/i.test(name);
function bindState(model: SystemModel, row: Row, raw: Extract<RawCondition, { raw: 'state' }>): readonly Condition[] | Problem {
  const flags = raw.among.filter((word) => word.flag !== undefined);
  if (flags.length > 0) {
    const only = raw.among[0]?.flag;
    if (raw.among.length > 1 || only === undefined) return new Problem('A yes/no stands alone.');
    const field = fieldNamed(row.fields, only.field);
    return field?.type.kind === 'boolean'
      ? [{ is: 'flag', path: [field.name], value: only.value !== raw.not }]
      : new Problem(`${oneOf(model, row.owner)} is not "${labelOf(only.field)}" or not.`);
  }
  const names = raw.among.map((word) => word.word);
  const fields = row.fields.filter(
    (field) =>
      field.type.kind === 'choice' &&
      names.every((name) => field.type.kind === 'choice' && field.type.choices.some((choice) => choice.name === name)),
  );
  const field = fields[0];
  if (field === undefined) return new Problem(`${oneOf(model, row.owner)} cannot be ${listed(names.map(labelOf), 'or')}.`);
  if (fields.length > 1)
    return new Problem(`"${listed(names.map(labelOf), 'or')}" can be the ${fieldList(fields)} of ${oneOf(model, row.owner)}.`);
  if (new Set(names).size !== names.length) return new Problem(`"${names.join(', ')}" names a state twice.`);
  return [{ is: 'choice', path: [field.name], among: names, ...(raw.not ? { not: true as const } : {}) }];
}
function flagOf(row: Row, word: string): { readonly field: string; readonly value: boolean } | undefined {
  const field = row.fields.find(
    (each) => each.type.kind === 'boolean' && (each.name === word || camelOf(`un${labelOf(each.name)}`) === word),
  );
  return field === undefined ? undefined : { field: field.name, value: field.name === word };
}
function bindIs(
  model: SystemModel,
  row: Row,
  path_: readonly string[],
  values_: readonly Literal[],
  not: boolean,
): readonly Condition[] | Problem {
  const steps = bindPath(model, row, path_);
  if (steps instanceof Problem) return steps;
  const field = fieldAt(model, row, steps)?.field;
  if (field === undefined) return new Problem('There is no such field.');
  if (field.type.kind === 'reference') {
    const target = entityById(model, field.type.to);
    const inside = target === undefined ? undefined : rowOf(model, { entity: target.name });
    if (inside === undefined) return new Problem('There is no such thing.');
    const states = values_.flatMap((value) =>
      value.is === 'text'
        ? [{ word: inside.fields.flatMap((each) => choiceSaid(each, value.value) ?? [])[0] ?? camelOf(value.value) }]
        : [],
    );
    const only = states[0];
    const flag = only === undefined || states.length > 1 ? undefined : flagOf(inside, only.word);
    const made = bindState(model, inside, { raw: 'state', among: flag === undefined ? states : [{ word: flag.field, flag }], not });
    return made instanceof Problem || states.length !== values_.length
      ? new Problem(`${oneOf(model, inside.owner)} cannot be that.`)
      : made.map((condition) => prefixed(condition, steps));
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
  const same =
    leftType === rightType ? leftType === 'money' || leftType === 'date' || number(leftType) : number(leftType) && number(rightType);
  if (!same) return new Problem(`${describeType(leftType)} cannot be compared with ${describeType(rightType)}.`);
  return [{ is: 'compare', left, by, right: settled }];
}
const describeType = (type: string): string =>
  ({
    money: 'An amount of money',
    integer: 'a number',
    decimal: 'a number',
    date: 'a date',
    text: 'a text',
    choice: 'a state',
    boolean: 'a yes/no',
    reference: 'a thing',
  })[type] ?? type;

function onlyDate(model: SystemModel, row: Row): readonly string[] | Problem {
  const dates = fieldsOfKind(model, row, 'date');
  const only = dates[0];
  return only !== undefined && dates.length === 1
    ? [only.name]
    : new Problem(`${oneOf(model, row.owner)} has ${dates.length === 0 ? 'no date' : `several dates: ${fieldList(dates)}`}.`);
}
export function dateByParticiple(model: SystemModel, row: Row, word: string): readonly string[] | Problem {
  const base = baseOf(word);
  const matches = row.fields.filter((field) => {
    if (field.type.kind !== 'date') return false;
    const label = labelOf(field.name);
    return (
      label === `${word} on` ||
      label === `${word} date` ||
      label === word ||
      (base !== undefined && (label === `${base} date` || label === `date ${word}`)) ||
      (base !== undefined && participlesOf(label.split(' ')[0] ?? '').includes(word) && /^\S+ (date|on)$/.test(label))
    );
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
