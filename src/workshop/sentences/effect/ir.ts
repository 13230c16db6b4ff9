/**
 * Formulas and conditions of a request as rule IR, as a person would write them: an absent number counts as 0 where it
 * is added, an absent date stays absent, a comparison with what is absent does not hold.
 */
import {
  type BinaryOperator,
  type CallerMember,
  callerRow,
  type EntityContract,
  type Expression,
  type Field,
  permanentId,
  type ValueType,
} from '#kernel';
import { entityById, entityNamed, fieldNamed, type SystemModel } from '#model';
import { booleanType, dateType, joined, listType, numberType, optionally, rowType, scaleOf, textType, valueTypeOf } from '#rules';
import type { Comparison, Condition, Formula, Literal } from '../request.ts';
import { type Row, rowOf } from '../resolve.ts';

export const rowInput = (row: Row): Expression => ({ node: 'input', name: 'row', type: rowType(rowId(row)) });
const rowId = (row: Row): ReturnType<typeof entityIdOf> => entityIdOf(row);
function entityIdOf(row: Row): Row['entity']['id'] {
  if (row.owner.list === undefined) return row.entity.id;
  const list = fieldNamed(row.entity.fields, row.owner.list);
  return list?.type.kind === 'list' ? list.type.itemId : row.entity.id;
}

/** Who calls: their id, or their name. */
export const callerIr = (member: CallerMember): Expression => ({
  node: 'field',
  of: { node: 'input', name: 'caller', type: { kind: 'row', of: callerRow, optional: false } },
  field: member,
  id: permanentId(`x_caller${member}`),
  type: textType,
});

/** A field of `of`, over references. The path is known to exist. */
export function readPath(model: SystemModel, row: Row, of: Expression, path: readonly string[]): Expression {
  let at = of;
  let here = row;
  path.forEach((name, index) => {
    const field = fieldNamed(here.fields, name);
    const type = field === undefined ? undefined : valueTypeOf(field, model.settings.currency.digits);
    if (field === undefined || type === undefined) throw new TypeError(`no field ${name}`);
    at = { node: 'field', of: at, field: name, id: field.id, type: optionally(type, type.optional || at.type.optional) };
    if (index === path.length - 1 || field.type.kind !== 'reference') return;
    const target = entityById(model, field.type.to);
    const next = target === undefined ? undefined : rowOf(model, { entity: target.name });
    if (target === undefined || next === undefined) throw new TypeError(`no entity behind ${name}`);
    at = { node: 'follow', of: at, to: target.id, type: optionally(rowType(target.id), at.type.optional) };
    here = next;
  });
  return at;
}

/** Decimal text as a whole number of 10^-scale. */
export function scaled(text: string, scale: number): number {
  const [whole = '0', part = ''] = text.replace('-', '').split('.');
  const value = Number(`${whole}${part.padEnd(scale, '0').slice(0, scale)}`);
  return text.startsWith('-') ? -value : value;
}
const daysOf = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);

export function literalIr(model: SystemModel, literal: Literal, field?: Field): Expression {
  const digits = model.settings.currency.digits;
  switch (literal.is) {
    case 'money':
      return { node: 'constant', type: numberType(digits, true), value: scaled(literal.value, digits) };
    case 'number': {
      const scale = literal.value.split('.')[1]?.length ?? 0;
      return { node: 'constant', type: numberType(scale), value: scaled(literal.value, scale) };
    }
    case 'date':
      return literal.value === 'today'
        ? { node: 'today', type: dateType }
        : { node: 'constant', type: dateType, value: daysOf(literal.value) };
    case 'choice': {
      const choice = field?.type.kind === 'choice' ? field.type.choices.find((each) => each.name === literal.value) : undefined;
      if (field === undefined || choice === undefined) throw new TypeError(`no choice ${literal.value}`);
      return { node: 'constant', type: { kind: 'choice', field: field.id, optional: false }, value: choice.id };
    }
    case 'text':
      return { node: 'constant', type: textType, value: literal.value };
    default:
      return { node: 'constant', type: booleanType, value: literal.is === 'yes' };
  }
}

export const zeroOf = (type: ValueType): Expression => ({
  node: 'constant',
  type: type.kind === 'number' ? numberType(type.money ? type.scale : 0, type.money) : type,
  value: 0,
});
/** The number, or 0 where it is absent. */
const present = (of: Expression): Expression => {
  if (!of.type.optional || of.type.kind !== 'number') return of;
  const zero = zeroOf(of.type);
  return { node: 'coalesce', of, otherwise: zero, type: optionally(joined(of.type, zero.type), false) };
};
export const absent = (of: Expression): Expression => ({ node: 'absent', of, type: booleanType });
export const not = (of: Expression): Expression => ({ node: 'not', of, type: booleanType });
const nothing = (type: ValueType): Expression => ({ node: 'constant', type: optionally(type), value: null });
/** Absent where one of the parts is. */
function unlessAbsent(parts: readonly Expression[], made: Expression): Expression {
  const open = parts.filter((part) => part.type.optional);
  if (open.length === 0) return made;
  const when = open.map(absent).reduce((left, right) => ({ node: 'binary', op: 'or', left, right, type: booleanType }));
  const none = nothing(made.type);
  return { node: 'condition', when, then: none, otherwise: made, type: optionally(made.type) };
}

export function formulaIr(model: SystemModel, row: Row, of: Expression, formula: Formula): Expression {
  const ir = (part: Formula): Expression => formulaIr(model, row, of, part);
  switch (formula.is) {
    case 'field':
      return readPath(model, row, of, formula.path);
    case 'literal':
      return literalIr(model, formula.literal);
    case 'today':
      return { node: 'today', type: dateType };
    case 'arithmetic':
      return arithmetic(model, formula.op, present(ir(formula.left)), present(ir(formula.right)));
    case 'percent':
      return percentIr(present(ir(formula.of)), formula.percent);
    case 'shift': {
      const date = ir(formula.of);
      const amount: Expression = { node: 'constant', type: numberType(0), value: formula.amount };
      return unlessAbsent([date], { node: 'addToDate', of: date, amount, unit: formula.unit, type: dateType });
    }
    case 'days': {
      const [left, right] = [ir(formula.from), ir(formula.to)];
      return unlessAbsent([left, right], { node: 'daysBetween', left, right, type: numberType(0) });
    }
    case 'aggregate':
      return aggregateIr(model, row, of, formula);
  }
}
function arithmetic(model: SystemModel, op: 'plus' | 'minus' | 'times' | 'dividedBy', left: Expression, right: Expression): Expression {
  const [a, b] = [left.type, right.type];
  if (a.kind !== 'number' || b.kind !== 'number') throw new TypeError('only numbers can be computed with');
  if (op === 'times') {
    const product: Expression = { node: 'binary', op: 'multiply', left, right, type: numberType(a.scale + b.scale, a.money || b.money) };
    const digits = model.settings.currency.digits;
    return (a.money || b.money) && a.scale + b.scale > digits
      ? { node: 'round', of: product, scale: digits, rounding: 'half-up', type: numberType(digits, true) }
      : product;
  }
  if (op === 'dividedBy') {
    const money = a.money && !b.money;
    return {
      node: 'divide',
      left,
      right,
      scale: 2,
      rounding: 'half-up',
      type: optionally(numberType(money ? model.settings.currency.digits : 2, money), right.node !== 'constant'),
    };
  }
  return { node: 'binary', op: op === 'plus' ? 'add' : 'subtract', left, right, type: optionally(joined(a, b), false) };
}
/** Rounded half up to the digits of the amount. */
export function percentIr(amount: Expression, percent: string): Expression {
  const own = percent.split('.')[1]?.length ?? 0;
  let value = scaled(percent, own);
  let scale = own + 2;
  while (scale > 0 && value % 10 === 0) [value, scale] = [value / 10, scale - 1];
  const right: Expression = { node: 'constant', type: numberType(scale), value };
  const digits = scaleOf(amount.type);
  const money = amount.type.kind === 'number' && amount.type.money;
  const product: Expression = { node: 'binary', op: 'multiply', left: amount, right, type: numberType(digits + scale, money) };
  return { node: 'round', of: product, scale: digits, rounding: 'half-up', type: numberType(digits, money) };
}
function aggregateIr(model: SystemModel, row: Row, of: Expression, formula: Extract<Formula, { is: 'aggregate' }>): Expression {
  const { list, entity } = formula.over;
  const inside = rowOf(model, list === undefined ? { entity: entity ?? '' } : { entity: row.entity.name, list });
  if (inside === undefined) throw new TypeError('no such list');
  const over =
    list === undefined ? relatedIr(model, row, of, formula.over.entity ?? '', formula.over.via ?? '') : readPath(model, row, of, [list]);
  const item = inside.name;
  const at: Expression = { node: 'input', name: item, type: rowType(entityIdOf(inside)) };
  const conditions = formula.over.where.map((condition) => conditionIr(model, inside, at, condition));
  const own = formula.value === undefined || formula.op === 'count' ? undefined : formulaIr(model, inside, at, formula.value);
  const dated = own !== undefined && own.type.kind !== 'number' && own.type.optional ? [not(absent(own))] : [];
  const where = allOf([...conditions, ...dated]);
  const filter = where === undefined ? {} : { where };
  if (own === undefined) return { node: 'aggregate', op: 'count', over, item, ...filter, type: numberType(0) };
  const value = present(own);
  if (formula.op === 'sum') return { node: 'aggregate', op: 'sum', over, item, ...filter, value, type: value.type };
  const money = value.type.kind === 'number' && value.type.money;
  const type =
    formula.op === 'average' ? numberType(money ? model.settings.currency.digits : Math.max(2, scaleOf(value.type)), money) : value.type;
  return { node: 'aggregate', op: formula.op, over, item, ...filter, value, type: optionally(type) };
}
function relatedIr(model: SystemModel, row: Row, of: Expression, entity: string, via: string): Expression {
  const target = entityNamed(model, entity);
  const field = target === undefined ? undefined : fieldNamed(target.fields, via);
  if (target === undefined || field === undefined) throw new TypeError(`nothing refers to ${row.name}`);
  return { node: 'related', of, entity: target.id, via: field.id, type: listType(target.id) };
}

const OPERATORS: { readonly [By in Comparison]: BinaryOperator } = {
  over: 'greater',
  under: 'less',
  atLeast: 'greaterOrEqual',
  atMost: 'lessOrEqual',
  equal: 'equal',
  notEqual: 'notEqual',
};
const join = (op: 'and' | 'or', parts: readonly Expression[]): Expression | undefined =>
  parts.length === 0 ? undefined : parts.reduce((left, right) => ({ node: 'binary', op, left, right, type: booleanType }));
export const allOf = (parts: readonly Expression[]): Expression | undefined => join('and', parts);

/** `missing`: what a comparison with an absent value gives. A filter says no, a limit lets it pass. */
export function conditionIr(model: SystemModel, row: Row, of: Expression, condition: Condition, missing = false): Expression {
  switch (condition.is) {
    case 'choice': {
      const left = readPath(model, row, of, condition.path);
      const field = choiceField(model, row, condition.path);
      const parts = condition.among.map((name): Expression => ({
        node: 'binary',
        op: condition.not === true ? 'notEqual' : 'equal',
        left,
        right: literalIr(model, { is: 'choice', value: name }, field),
        type: booleanType,
      }));
      return join(condition.not === true ? 'and' : 'or', parts) ?? { node: 'constant', type: booleanType, value: false };
    }
    case 'flag': {
      const flag = readPath(model, row, of, condition.path);
      const certain: Expression = flag.type.optional
        ? { node: 'coalesce', of: flag, otherwise: { node: 'constant', type: booleanType, value: false }, type: booleanType }
        : flag;
      return condition.value ? certain : not(certain);
    }
    case 'present': {
      const value = absent(readPath(model, row, of, condition.path));
      return condition.value ? not(value) : value;
    }
    case 'equals':
      return {
        node: 'binary',
        op: condition.not === true ? 'notEqual' : 'equal',
        left: readPath(model, row, of, condition.path),
        right: literalIr(model, { is: 'text', value: condition.text }),
        type: booleanType,
      };
    case 'compare': {
      const left = formulaIr(model, row, of, condition.left);
      const right = formulaIr(model, row, of, condition.right);
      const compared: Expression = { node: 'binary', op: OPERATORS[condition.by], left, right, type: booleanType };
      if (condition.by === 'equal' || condition.by === 'notEqual') return compared;
      const open = [left, right].filter((part) => part.type.optional);
      return open.reduceRight<Expression>(
        (made, part) => ({
          node: 'binary',
          op: missing ? 'or' : 'and',
          left: missing ? absent(part) : not(absent(part)),
          right: made,
          type: booleanType,
        }),
        compared,
      );
    }
  }
}
function choiceField(model: SystemModel, row: Row, path: readonly string[]): Field | undefined {
  let here: Row | undefined = row;
  let field: Field | undefined;
  for (const name of path) {
    field = here === undefined ? undefined : fieldNamed(here.fields, name);
    const target: EntityContract | undefined = field?.type.kind === 'reference' ? entityById(model, field.type.to) : undefined;
    here = target === undefined ? undefined : rowOf(model, { entity: target.name });
  }
  return field;
}
