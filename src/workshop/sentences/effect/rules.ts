/** What discounts, approvals and limits make of the system. */
import type { ApprovalRule, DecisionRule, Expression, Field, Invariant } from '#kernel';
import { decisionsOn, entityNamed, fieldNamed, nextNumber, type SystemModel } from '#model';
import { booleanType, joined, numberType } from '#rules';
import { echo } from '../echo/request.ts';
import { capitalised, labelOf, shortName } from '../names.ts';
import type { Condition, Formula, RequestOf } from '../request.ts';
import { discountParts, fieldsOfKind, type Row, rowOf } from '../resolve.ts';
import type { Applied, Effects } from './applied.ts';
import { withEntity } from './entities.ts';
import { minter } from './identity.ts';
import { allOf, conditionIr, literalIr, not, percentIr, readPath, rowInput, zeroOf } from './ir.ts';
import { sameExpression } from './same.ts';

/** The state that must hold for a discount to follow its rule: the first value of the field that says the state. */
export function stateOf(model: SystemModel, row: Row): { readonly field: Field; readonly first: string } | undefined {
  const states = fieldsOfKind(model, row, 'choice');
  const field = states.find((each) => each.name === 'status' || each.name === 'state') ?? (states.length === 1 ? states[0] : undefined);
  const first = field?.type.kind === 'choice' ? field.type.choices[0]?.name : undefined;
  return field === undefined || first === undefined ? undefined : { field, first };
}
/** The calculated amount that a discount lowers. */
export const totalOf = (model: SystemModel, row: Row): Field | undefined =>
  fieldsOfKind(model, row, 'money').find((field) => field.derived !== undefined);
/** The rule that decides the discount of a thing. */
export const decisionOf = (model: SystemModel, row: Row): DecisionRule | undefined => {
  const name = discountParts(model, row)?.rule;
  return decisionsOn(model, row.entity.id).find((rule) =>
    name === undefined ? fieldNamed(row.fields, 'discount')?.id === rule.governs : rule.name === name,
  );
};
/** What the amount before the discount is called, or would be. */
export const subtotalOf = (model: SystemModel, row: Row, total: string): string =>
  discountParts(model, row)?.subtotal ?? subtotalName(total);
const subtotalName = (total: string): string => (total === 'total' ? 'subtotal' : `${total}BeforeDiscount`);

export function discount(model: SystemModel, request: RequestOf<'discount'>, effects: Effects): Applied {
  const row = rowOf(model, { entity: request.entity });
  const total = row === undefined ? undefined : totalOf(model, row);
  if (row === undefined || total?.derived === undefined) return { why: 'There is no calculated total.' };
  const existing = decisionOf(model, row);
  if (existing !== undefined)
    return fieldNamed(row.fields, subtotalOf(model, row, total.name)) === undefined
      ? {
          why: `The rule ${existing.name} decides the discount of ${labelOf(row.entity.plural)}, and no field holds the amount before it: what it is a share of must be said in that rule.`,
        }
      : furtherDiscount(model, row, existing, request, total.name);
  const clash = ['discount', subtotalName(total.name)].find((name) => fieldNamed(row.fields, name) !== undefined);
  if (clash !== undefined)
    return { why: `${capitalised(labelOf(row.entity.plural))} have a field ${labelOf(clash)} already, which the discount would need.` };
  const mint = minter(model, effects.change);
  const money = { kind: 'money' } as const;
  const base = { required: false, unique: false, sensitive: false };
  const subtotal: Field = {
    ...base,
    id: mint('f', `${request.entity}.subtotal`),
    no: nextNumber(row.fields, row.entity.retired),
    name: subtotalName(total.name),
    type: money,
    derived: total.derived,
  };
  const off: Field = {
    ...base,
    id: mint('f', `${request.entity}.discount`),
    no: nextNumber([...row.fields, subtotal], row.entity.retired),
    name: 'discount',
    type: money,
  };
  const fields = row.fields.flatMap((field) => (field.id === total.id ? [subtotal, off, field] : [field]));
  const staged = withEntity(model, { ...row.entity, fields });
  const stagedRow = rowOf(staged, { entity: request.entity });
  if (stagedRow === undefined) return { why: 'There is no such thing.' };
  const decide = clause(staged, stagedRow, request, total.name);
  const of = rowInput(stagedRow);
  const digits = model.settings.currency.digits;
  const state = stateOf(staged, stagedRow);
  const derived: Field['derived'] =
    state === undefined
      ? { mode: 'live', formula: decide }
      : {
          mode: 'fixed',
          while: conditionIr(staged, stagedRow, of, { is: 'choice', path: [state.field.name], among: [state.first] }),
          formula: decide,
          otherwise: zeroOf(numberType(digits, true)),
        };
  const decided = withEntity(staged, {
    ...row.entity,
    fields: fields.map((field) => (field.id === off.id ? { ...field, derived } : field)),
  });
  const decidedRow = rowOf(decided, { entity: request.entity });
  if (decidedRow === undefined) return { why: 'There is no such thing.' };
  const lessDiscount: Expression = {
    node: 'binary',
    op: 'subtract',
    left: readPath(decided, decidedRow, of, [subtotal.name]),
    right: readPath(decided, decidedRow, of, ['discount']),
    type: numberType(digits, true),
  };
  const rule: DecisionRule = {
    kind: 'rule',
    form: 'decision',
    id: mint('r', `${request.entity}Discount`),
    name: `${request.entity}Discount`,
    on: row.entity.id,
    governs: off.id,
    decide,
    ensures: [],
  };
  const final = withEntity(decided, {
    ...row.entity,
    fields: decidedRow.fields.map((field) =>
      field.id === total.id ? { ...field, derived: { mode: 'live', formula: lessDiscount } } : field,
    ),
  });
  return { model: { ...final, rules: [...final.rules, rule] }, same: false };
}
/** The larger discount counts. */
function furtherDiscount(model: SystemModel, row: Row, rule: DecisionRule, request: RequestOf<'discount'>, total: string): Applied {
  const made = clause(model, row, request, total);
  if (clausesOf(rule.decide).some((each) => sameExpression(model, each, made))) return { model, same: true };
  const decide: Expression = { node: 'binary', op: 'larger', left: rule.decide, right: made, type: joined(rule.decide.type, made.type) };
  const rules = model.rules.map((each) => (each.id === rule.id ? { ...rule, decide } : each));
  const fields = row.fields.map((field): Field =>
    field.id === rule.governs && field.derived !== undefined ? { ...field, derived: { ...field.derived, formula: decide } } : field,
  );
  return { model: { ...withEntity(model, { ...row.entity, fields }), rules }, same: false };
}
/** The condition of a discount, over the amount before it; undefined where it is for every row. */
export function whereDiscounted(model: SystemModel, request: RequestOf<'discount'>): Expression | undefined {
  const row = rowOf(model, { entity: request.entity });
  const total = row === undefined ? undefined : totalOf(model, row);
  return row === undefined || total === undefined ? undefined : whenOf(model, row, request, total.name);
}
/** The discounts that stood before this one. */
export function otherDiscounts(model: SystemModel, request: RequestOf<'discount'>): readonly Expression[] {
  const row = rowOf(model, { entity: request.entity });
  const total = row === undefined ? undefined : totalOf(model, row);
  const rule = row === undefined ? undefined : decisionOf(model, row);
  if (row === undefined || total === undefined || rule === undefined) return [];
  const own = clause(model, row, request, total.name);
  return clausesOf(rule.decide).filter((each) => !sameExpression(model, each, own));
}
const clausesOf = (decide: Expression): readonly Expression[] =>
  decide.node === 'binary' && decide.op === 'larger' ? [...clausesOf(decide.left), ...clausesOf(decide.right)] : [decide];

/** `condition ? discount : 0`; the condition looks at the amount before the discount. */
function clause(model: SystemModel, row: Row, request: RequestOf<'discount'>, total: string): Expression {
  const of = rowInput(row);
  const subtotal = readPath(model, row, of, [subtotalOf(model, row, total)]);
  const zero = zeroOf(numberType(model.settings.currency.digits, true));
  const fixed = 'amount' in request.off ? literalIr(model, { is: 'money', value: request.off.amount }) : undefined;
  const then: Expression =
    'percent' in request.off
      ? percentIr(subtotal, request.off.percent)
      : { node: 'binary', op: 'smaller', left: fixed ?? zero, right: subtotal, type: numberType(model.settings.currency.digits, true) };
  const when = whenOf(model, row, request, total);
  return when === undefined
    ? then
    : { node: 'condition', when, then, otherwise: zero, type: numberType(model.settings.currency.digits, true) };
}
function whenOf(model: SystemModel, row: Row, request: RequestOf<'discount'>, total: string): Expression | undefined {
  const of = rowInput(row);
  return allOf(
    request.where.map((condition) => conditionIr(model, row, of, beforeDiscount(condition, total, subtotalOf(model, row, total)))),
  );
}
export function beforeDiscount(condition: Condition, total: string, subtotal: string): Condition {
  if (condition.is !== 'compare') return condition;
  const swap = (formula: Formula): Formula =>
    formula.is === 'field' && formula.path.length === 1 && formula.path[0] === total ? { is: 'field', path: [subtotal] } : formula;
  return { ...condition, left: swap(condition.left), right: swap(condition.right) };
}

export function approval(model: SystemModel, request: RequestOf<'approval'>, effects: Effects): Applied {
  const row = rowOf(model, { entity: request.entity });
  const before = fieldNamed(row?.fields ?? [], request.before);
  if (row === undefined || before === undefined) return { why: 'There is no such state.' };
  const of = rowInput(row);
  const when = allOf(request.where.map((condition) => conditionIr(model, row, of, condition))) ?? {
    node: 'constant',
    type: booleanType,
    value: true,
  };
  const compared = request.where.flatMap((condition) =>
    condition.is === 'compare' && condition.left.is === 'field' && condition.left.path.length === 1 ? [condition.left.path] : [],
  );
  const amounts = fieldsOfKind(model, row, 'money');
  const path =
    compared.find((steps) => amounts.some((field) => field.name === steps[0])) ??
    (amounts.length === 1 && amounts[0] !== undefined ? [amounts[0].name] : undefined);
  const amount = path === undefined ? {} : { amount: readPath(model, row, of, path) };
  const same = model.rules.find(
    (rule) =>
      rule.form === 'approval' &&
      rule.on === row.entity.id &&
      rule.role === request.role &&
      rule.before === before.id &&
      sameExpression(model, rule.when, when),
  );
  if (same !== undefined) return { model, same: true };
  const wanted = `${request.entity}ApprovalBy${capitalised(request.role)}`;
  const name = freeName(wanted, new Set(model.rules.map((rule) => rule.name)));
  const rule: ApprovalRule = {
    kind: 'rule',
    form: 'approval',
    id: minter(model, effects.change)('r', name),
    name,
    on: row.entity.id,
    role: request.role,
    when,
    ...amount,
    before: before.id,
  };
  return { model: { ...model, rules: [...model.rules, rule] }, same: false };
}
const freeName = (wanted: string, taken: ReadonlySet<string>): string => {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}${count}`;
  return name;
};

export function limit(model: SystemModel, request: RequestOf<'limit'>): Applied {
  const row = rowOf(model, { entity: request.entity });
  const entity = entityNamed(model, request.entity);
  if (row === undefined || entity === undefined) return { why: 'There is no such thing.' };
  const of = rowInput(row);
  const holds = limitIr(model, row, of, request);
  if (entity.invariants.some((each) => sameExpression(model, each.holds, holds))) return { model, same: true };
  const left =
    request.left.is === 'field'
      ? request.left.path.join(' ')
      : request.left.is === 'aggregate'
        ? `number of ${request.left.over.list ?? request.left.over.entity ?? ''}`
        : 'value';
  const right =
    request.right.is === 'field'
      ? request.right.path.map(labelOf).join(' ')
      : request.right.is === 'literal' && 'value' in request.right.literal
        ? request.right.literal.value
        : 'limit';
  const name = freeName(shortName(`${labelOf(left)} ${labelOf(request.by)} ${right}`), new Set(entity.invariants.map((each) => each.name)));
  const invariant: Invariant = { name, holds, message: `${echo(model, request) ?? 'This is not allowed'}.` };
  return { model: withEntity(model, { ...entity, invariants: [...entity.invariants, invariant] }), same: false };
}
/** Holds where the conditions do not; an absent limit limits nothing. */
function limitIr(model: SystemModel, row: Row, of: Expression, request: RequestOf<'limit'>): Expression {
  const main = conditionIr(model, row, of, { is: 'compare', left: request.left, by: request.by, right: request.right }, true);
  return request.where.reduceRight<Expression>(
    (made, condition) => ({ node: 'binary', op: 'or', left: not(conditionIr(model, row, of, condition)), right: made, type: booleanType }),
    main,
  );
}
