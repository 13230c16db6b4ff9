/** Gives the row of an example what makes a condition hold, or just not hold. */
import type { Expression, Field } from '#kernel';
import { entityById, entityNamed, fieldNamed } from '#model';
import { type Draft, expected, holds, shifted } from '../expect.ts';
import { totalOf } from '../effect/rules.ts';
import type { Condition } from '../request.ts';
import { rowOf } from '../resolve.ts';
import { compare, decimal, dividedBy, minus, plus, textOf, rounded, times } from './numbers.ts';
import { type Drafting, giveSample, sampleItem, sampleValue, fieldOfDraft, fieldsOf } from './drafts.ts';

/** Gives the field at the end of the path this value; false where an example cannot. `undefined` takes it away. */
export function setAt(d: Drafting, draft: Draft, path: readonly string[], value: string | number | boolean | undefined): boolean {
  const [first, ...rest] = path;
  const field = first === undefined ? undefined : fieldOfDraft(d, draft, first);
  if (first === undefined || field === undefined) return false;
  if (rest.length > 0) {
    giveSample(d, draft, field);
    const next = draft.refs[first];
    return next !== undefined && setAt(d, next, rest, value);
  }
  if (field.derived !== undefined) return value !== undefined && field.derived !== undefined && reach(d, draft, field, value);
  if (value === undefined) {
    if (field.required || field.type.kind === 'list') return false;
    delete draft.refs[first];
    draft.values[first] = null;
    return true;
  }
  if (!fits(field, value)) return false;
  draft.values[first] = value;
  return true;
}
function fits(field: Field, value: string | number | boolean): boolean {
  const { min, max } = field.type as { readonly min?: string | number; readonly max?: string | number };
  if (!['integer', 'money', 'decimal', 'quantity'].includes(field.type.kind)) return true;
  return (
    (min === undefined || compare(decimal(String(value)), decimal(String(min))) >= 0) &&
    (max === undefined || compare(decimal(String(value)), decimal(String(max))) <= 0)
  );
}
/** Builds a calculated amount from what it is made of. */
function reach(d: Drafting, draft: Draft, field: Field, value: string | number | boolean): boolean {
  const formula = field.derived?.formula;
  if (formula === undefined || typeof value === 'boolean') return false;
  let start = String(value);
  for (let again = 0; again < 12; again += 1) {
    if (!reachFormula(d, draft, formula, start)) return false;
    const shown = field.type.kind === 'money' ? d.rules.before?.(draft, field.name) : undefined;
    const away = shown === undefined ? decimal('0') : minus(decimal(String(value)), decimal(String(shown)));
    if (away.units === 0n) break;
    start = textOf(rounded(plus(decimal(start), away), 2));
  }
  draft.known[field.name] = value;
  return true;
}
function reachFormula(d: Drafting, draft: Draft, formula: Expression, value: string): boolean {
  if (formula.node === 'field' && formula.of.node === 'input') return setAt(d, draft, [formula.field], value);
  if (formula.node === 'coalesce' || formula.node === 'round') return reachFormula(d, draft, formula.of, value);
  if (formula.node === 'binary' && formula.op === 'subtract' && formula.right.node === 'field')
    return reachFormula(d, draft, formula.left, value);
  if (formula.node === 'condition' && formula.then.node === 'constant' && formula.then.value === null)
    return reachFormula(d, draft, formula.otherwise, value);
  if (formula.node === 'addToDate' && formula.amount.node === 'constant' && typeof formula.amount.value === 'number') {
    const start = shifted(value, -formula.amount.value, formula.unit);
    return shifted(start, formula.amount.value, formula.unit) === value && reachFormula(d, draft, formula.of, start);
  }
  if (formula.node === 'binary' && formula.op === 'multiply') return spread(d, draft, formula, value);
  if (
    formula.node !== 'aggregate' ||
    formula.op !== 'sum' ||
    formula.over.node !== 'field' ||
    formula.value === undefined ||
    formula.where !== undefined
  )
    return false;
  const list = fieldOfDraft(d, draft, formula.over.field);
  if (list?.type.kind !== 'list') return false;
  const item = draft.lists[list.name]?.[0] ?? sampleItem(d, draft, list);
  draft.lists[list.name] = [item];
  return spread(d, item, formula.value, value);
}
/** More pieces than this are not tried to make an amount of. */
const MOST_PIECES = 500;
/** One factor takes the value, the others are 1; or, where the bounds of the fields want it so, one other is more. */
function spread(d: Drafting, draft: Draft, formula: Expression, value: string): boolean {
  const bare = (of: Expression): Expression => (of.node === 'coalesce' || of.node === 'round' ? bare(of.of) : of);
  const factors = (of: Expression): readonly Expression[] => {
    const inner = bare(of);
    return inner.node === 'binary' && inner.op === 'multiply' ? [...factors(inner.left), ...factors(inner.right)] : [inner];
  };
  const all = factors(formula);
  const main = all.find((each) => each.type.kind === 'number' && each.type.money) ?? all[0];
  const own = (each: Expression): string | undefined => (each.node === 'field' && each.of.node === 'input' ? each.field : undefined);
  const give = (amount: string, count: number): boolean => {
    let left = count;
    return all.every((each) => {
      const name = own(each);
      if (name === undefined || each === main) return name !== undefined && setAt(d, draft, [name], amount);
      const takes = setAt(d, draft, [name], left);
      left = 1;
      return takes;
    });
  };
  const whole = rounded(decimal(value), 2);
  for (let count = 1; count <= MOST_PIECES; count += 1) {
    if (whole.scale !== 2 || whole.units % BigInt(count) !== 0n) continue;
    if (give(count === 1 ? value : textOf({ units: whole.units / BigInt(count), scale: 2 }), count)) return true;
  }
  return false;
}

const STEP = { integer: '1', money: '0.01', decimal: '0.01', quantity: '0.01' } as const;
/** A value on the wanted side of the limit: exactly at it, one step above, one below. */
function beside(kind: string, limit: string, side: -1 | 0 | 1): string {
  if (kind === 'date') return shifted(limit, side, 'days');
  const step = decimal(STEP[kind as keyof typeof STEP] ?? '1');
  const base = kind === 'money' ? rounded(decimal(limit), 2) : decimal(limit);
  return textOf(side === 0 ? base : side > 0 ? plus(base, step) : minus(base, step));
}
const MET: { readonly [by: string]: -1 | 0 | 1 } = { over: 1, under: -1, atLeast: 0, atMost: 0, equal: 0, notEqual: 1 };
const MISSED: { readonly [by: string]: -1 | 0 | 1 } = { over: 0, under: 0, atLeast: -1, atMost: 1, equal: 1, notEqual: 0 };

/** Makes all conditions hold but `broken`, which is just missed; false where that cannot be built. */
export function makeAll(d: Drafting, draft: Draft, conditions: readonly Condition[], broken?: Condition): boolean {
  const build = (): boolean =>
    conditions.filter((each) => each !== broken).every((each) => make(d, draft, each, true)) &&
    (broken === undefined || make(d, draft, broken, false));
  const asWanted = (): boolean => conditions.every((each) => holds(d.rules, draft, each) === (each !== broken));
  // A second time where one condition moved what another had set: a discount that came with the customer.
  return build() && (asWanted() || (build() && asWanted()));
}
/** Conditions that hold on their limit too, of which an example shows that they do. */
export const edgesOf = (conditions: readonly Condition[]): readonly Condition[] =>
  conditions.filter(
    (each) =>
      each.is === 'compare' && (each.by === 'atLeast' || each.by === 'atMost') && each.left.is === 'field' && each.right.is === 'literal',
  );
/** Makes all conditions hold, and this one by standing exactly on its limit; false where that cannot be built. */
export const makeAtEdge = (d: Drafting, draft: Draft, conditions: readonly Condition[], edge: Condition): boolean =>
  makeAll(d, draft, conditions) && make(d, draft, edge, true, true) && conditions.every((each) => holds(d.rules, draft, each));

/** Makes the condition hold, or just not hold; false where that cannot be built. */
export function make(d: Drafting, draft: Draft, condition: Condition, met: boolean, exactly = false): boolean {
  switch (condition.is) {
    case 'choice': {
      const field = endOf(d, draft, condition.path);
      if (field?.type.kind !== 'choice') return false;
      const wantAmong = met !== (condition.not === true);
      const choice = wantAmong ? condition.among[0] : field.type.choices.find((each) => !condition.among.includes(each.name))?.name;
      return choice !== undefined && setAt(d, draft, condition.path, choice);
    }
    case 'flag':
      return setAt(d, draft, condition.path, condition.value === met);
    case 'present': {
      const field = endOf(d, draft, condition.path);
      return (
        field !== undefined && setAt(d, draft, condition.path, condition.value === met ? sampleValue(field, 1, draft.name) : undefined)
      );
    }
    case 'equals':
      return setAt(d, draft, condition.path, (condition.not === true) !== met ? condition.text : `${condition.text} else`);
    case 'compare': {
      const { left, right } = condition;
      if (left.is !== 'field') return false;
      const kind = endOf(d, draft, left.path)?.type.kind ?? 'integer';
      if (right.is === 'field') {
        const base = kind === 'date' ? '2026-02-25' : kind === 'money' ? '100.00' : '10';
        if (!setAt(d, draft, right.path, kind === 'integer' ? Number(base) : base)) return false;
      }
      const limit = expected(d.rules, draft, right);
      const text = limit.is === 'number' ? textOf(limit.number) : limit.is === 'text' ? limit.text : undefined;
      if (text === undefined) return false;
      const side = (met ? MET : MISSED)[condition.by] ?? 0;
      const value = (exactly ? undefined : far(d, draft, condition, met)) ?? beside(kind, text, exactly ? 0 : side);
      return setAt(d, draft, left.path, kind === 'integer' ? Number(value) : value);
    }
  }
}
/**
 * A calculated total may be lowered by a discount that comes later: what must be above a limit is far above it, what must
 * stay below such a total is far below.
 */
function far(d: Drafting, draft: Draft, condition: Extract<Condition, { is: 'compare' }>, met: boolean): string | undefined {
  const { left, right, by } = condition;
  const limit = expected(d.rules, draft, right);
  if (left.is !== 'field' || limit.is !== 'number' || by === 'equal' || by === 'notEqual') return undefined;
  const above = met === (by === 'over' || by === 'atLeast');
  if (above && isTotal(d, draft, left.path)) return textOf(rounded(times(limit.number, decimal('2')), 2));
  if (!above && right.is === 'field' && isTotal(d, draft, right.path)) {
    const half = dividedBy(limit.number, decimal('2'), 2);
    return half === undefined ? undefined : textOf(half);
  }
  return undefined;
}
function isTotal(d: Drafting, draft: Draft, path: readonly string[]): boolean {
  let entity = entityNamed(d.model, draft.entity.split('.')[0] ?? '');
  for (const name of path.slice(0, -1)) {
    const field = fieldNamed(entity?.fields ?? [], name);
    entity = field?.type.kind === 'reference' ? entityById(d.model, field.type.to) : undefined;
  }
  const row = entity === undefined ? undefined : rowOf(d.model, { entity: entity.name });
  return row !== undefined && totalOf(d.model, row)?.name === path.at(-1);
}
export function endOf(d: Drafting, draft: Draft, path: readonly string[]): Field | undefined {
  let fields = fieldsOf(d, draft.entity);
  let field: Field | undefined;
  for (const name of path) {
    field = fieldNamed(fields, name);
    fields = field?.type.kind === 'reference' ? (entityById(d.model, field.type.to)?.fields ?? []) : [];
  }
  return field;
}
