/** Rows for examples: valid ones with as little as possible, and ones that meet a condition, or just do not. */
import type { Expression, Field, Json, JsonObject } from '#kernel';
import { entityById, entityNamed, type ExampleStep, fieldNamed, type SystemModel } from '#model';
import { nodesOf } from '#rules';
import { type Draft, expected, holds, type Rules, shifted } from '../expect.ts';
import { totalOf } from '../effect/rules.ts';
import type { Condition, Formula, Request } from '../request.ts';
import { rowOf } from '../resolve.ts';
import { compare, decimal, dividedBy, minus, plus, textOf, rounded, times } from './numbers.ts';
import { playedField } from './played.ts';

export const EXAMPLE_DAY = '2026-03-02';

export interface Drafting {
  readonly model: SystemModel;
  readonly rules: Rules;
  /** A name for a further row of an entity: "order1". */
  readonly name: (entity: string) => string;
}
export function drafting(model: SystemModel, request?: Request): Drafting {
  const made = madeBy(model, request);
  const counts = new Map<string, number>();
  return {
    model,
    rules: {
      today: EXAMPLE_DAY,
      kindOf: (owner, field) => {
        const [entity = '', list] = owner.split('.');
        const fields = entityNamed(model, entity)?.fields ?? [];
        const own = list === undefined ? fields : fieldNamed(fields, list);
        const found = Array.isArray(own)
          ? fieldNamed(own as readonly Field[], field)
          : own !== undefined && 'type' in own && own.type.kind === 'list'
            ? fieldNamed(own.type.fields, field)
            : undefined;
        return found?.type.kind;
      },
      before: (row, field) => (made.has(`${row.entity}.${field}`) ? undefined : playedField(model, row, field, EXAMPLE_DAY)),
    },
    name: (entity) => {
      const next = (counts.get(entity) ?? 0) + 1;
      counts.set(entity, next);
      return `${entity}${next}`;
    },
  };
}
/** Fields whose values the request itself makes: what they show is worked out from the request alone. */
function madeBy(model: SystemModel, request: Request | undefined): ReadonlySet<string> {
  if (request === undefined) return new Set();
  if (request.act === 'discount') {
    const row = rowOf(model, { entity: request.entity });
    const total = row === undefined ? undefined : totalOf(model, row)?.name;
    return new Set([`${request.entity}.discount`, `${request.entity}.${total ?? 'total'}`]);
  }
  if (!('owner' in request) || !('field' in request)) return new Set();
  const at = [request.owner.entity, request.owner.list].filter(Boolean).join('.');
  return new Set([`${at}.${request.field}`, ...(request.act === 'derive' && request.field === 'total' ? [`${at}.subtotal`] : [])]);
}
const number = (field: Field, wanted: string): string => {
  const type = field.type;
  if (!('min' in type) && !('max' in type)) return wanted;
  const { min, max } = type as { readonly min?: string | number; readonly max?: string | number };
  if (min !== undefined && compare(decimal(wanted), decimal(String(min))) < 0) return String(min);
  return max !== undefined && compare(decimal(wanted), decimal(String(max))) > 0 ? String(max) : wanted;
};
/** A value that the field takes; `salt` makes it another one. */
export function sampleValue(field: Field, salt: number, seed = ''): string | number | boolean | undefined {
  switch (field.type.kind) {
    case 'text':
      return `${field.name} ${seed}${salt}`;
    case 'email':
      return `${seed}${salt}@example.com`;
    case 'url':
      return `https://example.com/${seed}${salt}`;
    case 'integer':
      return Number(number(field, String(salt + 2)));
    case 'decimal':
    case 'quantity':
      return textOf(rounded(decimal(number(field, `${salt + 1}.50`)), field.type.scale));
    case 'money':
      return textOf(rounded(decimal(number(field, `${10 + salt}.25`)), 2));
    case 'boolean':
      return salt % 2 === 1;
    case 'date':
      return shifted('2026-02-20', salt, 'days');
    case 'choice':
      return field.type.choices[Math.max(0, salt - 1) % field.type.choices.length]?.name;
    default:
      return undefined;
  }
}
/** A row with what it must have. */
export function sampleRow(d: Drafting, entity: string): Draft {
  const name = d.name(entity);
  const draft: Draft = { entity, name, values: {}, refs: {}, lists: {}, known: {}, related: [] };
  for (const field of entityNamed(d.model, entity)?.fields ?? [])
    if (field.required && field.derived === undefined && !hasDefault(field)) giveSample(d, draft, field);
  for (const field of entityNamed(d.model, entity)?.fields ?? [])
    if (field.type.kind === 'list' && mustHaveItems(d.model, entity, field)) draft.lists[field.name] ??= [sampleItem(d, draft, field)];
  return draft;
}
/** A limit that counts the items of a list is met by one item rather than by none. */
export function mustHaveItems(model: SystemModel, entity: string, list: Field): boolean {
  return (
    entityNamed(model, entity)?.invariants.some((invariant) =>
      [...nodesOf(invariant.holds)].some(
        (node) => node.node === 'aggregate' && node.op === 'count' && node.over.node === 'field' && node.over.id === list.id,
      ),
    ) === true
  );
}
const hasDefault = (field: Field): boolean => field.default !== undefined && field.type.kind !== 'list';
export function giveSample(d: Drafting, draft: Draft, field: Field, salt = 1): void {
  if (field.type.kind === 'reference') {
    const to = entityById(d.model, field.type.to);
    if (to !== undefined) draft.refs[field.name] ??= sampleRow(d, to.name);
  } else if (field.type.kind === 'list') draft.lists[field.name] ??= [sampleItem(d, draft, field, salt)];
  else {
    const value = sampleValue(field, salt, field.unique || field.type.kind === 'text' ? draft.name.replace(/\W/g, '') : '');
    if (value !== undefined) draft.values[field.name] = value;
  }
}
export function sampleItem(d: Drafting, parent: Draft, list: Field, salt = 1): Draft {
  const item: Draft = { entity: `${parent.entity}.${list.name}`, name: '', values: {}, refs: {}, lists: {}, known: {}, related: [] };
  if (list.type.kind === 'list')
    for (const field of list.type.fields) if (field.required && field.derived === undefined) giveSample(d, item, field, salt);
  return item;
}
const fieldsOf = (d: Drafting, entity: string): readonly Field[] => {
  const [name = '', list] = entity.split('.');
  const fields = entityNamed(d.model, name)?.fields ?? [];
  const found = list === undefined ? undefined : fieldNamed(fields, list);
  return found?.type.kind === 'list' ? found.type.fields : fields;
};
export const fieldOfDraft = (d: Drafting, draft: Draft, name: string): Field | undefined => fieldNamed(fieldsOf(d, draft.entity), name);

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
      const value = far(d, draft, condition, met) ?? beside(kind, text, exactly ? 0 : side);
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
function endOf(d: Drafting, draft: Draft, path: readonly string[]): Field | undefined {
  let fields = fieldsOf(d, draft.entity);
  let field: Field | undefined;
  for (const name of path) {
    field = fieldNamed(fields, name);
    fields = field?.type.kind === 'reference' ? (entityById(d.model, field.type.to)?.fields ?? []) : [];
  }
  return field;
}

/** Gives every field that the formula reads a value of its own; false where it cannot. */
export function fill(d: Drafting, draft: Draft, formula: Formula, salt = 1): boolean {
  switch (formula.is) {
    case 'field': {
      const field = endOf(d, draft, formula.path);
      if (field === undefined) return false;
      const value = field.derived !== undefined && field.type.kind === 'money' ? `${20 + salt}.50` : sampleValue(field, salt, draft.name);
      return field.type.kind === 'reference' ? true : value !== undefined && setAt(d, draft, formula.path, value);
    }
    case 'literal':
    case 'today':
      return true;
    case 'arithmetic':
      return fill(d, draft, formula.left, salt) && fill(d, draft, formula.right, salt + 3);
    case 'percent':
    case 'shift':
      return fill(d, draft, formula.of, salt);
    case 'days':
      return fill(d, draft, formula.from, salt) && fill(d, draft, formula.to, salt + 5);
    case 'aggregate':
      return fillRows(d, draft, formula, salt);
  }
}
/** Fields that the formula reads of the row itself and of its items, as ways to take one away. */
export function optionalReads(d: Drafting, draft: Draft, formula: Formula): readonly (() => boolean)[] {
  switch (formula.is) {
    case 'field': {
      const field = formula.path.length === 1 ? endOf(d, draft, formula.path) : undefined;
      return field === undefined || field.required || field.derived !== undefined ? [] : [() => setAt(d, draft, formula.path, undefined)];
    }
    case 'arithmetic':
      return [...optionalReads(d, draft, formula.left), ...optionalReads(d, draft, formula.right)];
    case 'percent':
    case 'shift':
      return optionalReads(d, draft, formula.of);
    case 'days':
      return [...optionalReads(d, draft, formula.from), ...optionalReads(d, draft, formula.to)];
    case 'aggregate': {
      const first =
        formula.over.list === undefined
          ? draft.related.find((each) => each.entity === formula.over.entity)?.row
          : draft.lists[formula.over.list]?.[0];
      return first === undefined || formula.value === undefined ? [] : optionalReads(d, first, formula.value);
    }
    default:
      return [];
  }
}
/** Two rows that count, and for each condition one that just does not. */
function fillRows(d: Drafting, draft: Draft, formula: Extract<Formula, { is: 'aggregate' }>, salt: number): boolean {
  const { over, value } = formula;
  const add = (broken: Condition | undefined, at: number): boolean => {
    const list = over.list === undefined ? undefined : fieldOfDraft(d, draft, over.list);
    const row =
      over.list === undefined
        ? relatedRow(d, draft, over.entity ?? '', over.via ?? '')
        : list === undefined
          ? undefined
          : sampleItem(d, draft, list, at);
    if (row === undefined) return false;
    const filled = value === undefined || fill(d, row, value, at);
    const set = makeAll(d, row, over.where, broken);
    if (!filled || !set) return false;
    if (over.list !== undefined) (draft.lists[over.list] ??= []).push(row);
    else draft.related.push({ entity: over.entity ?? '', via: over.via ?? '', row });
    return true;
  };
  if (over.list !== undefined) draft.lists[over.list] = [];
  return add(undefined, salt) && add(undefined, salt + 4) && over.where.every((condition, index) => add(condition, salt + 6 + index));
}
function relatedRow(d: Drafting, draft: Draft, entity: string, via: string): Draft {
  const row = sampleRow(d, entity);
  row.refs[via] = draft;
  return row;
}

/** States what the formula reads and the row leaves out: its default, or that there is none. A later default changes nothing then. */
export function state(d: Drafting, draft: Draft, formula: Formula): void {
  switch (formula.is) {
    case 'field': {
      const [first, ...rest] = formula.path;
      const field = first === undefined ? undefined : fieldOfDraft(d, draft, first);
      const next = first === undefined ? undefined : draft.refs[first];
      if (first === undefined || field === undefined || field.derived !== undefined || field.type.kind === 'list') return;
      if (rest.length > 0 && next !== undefined) state(d, next, { is: 'field', path: rest });
      else if (next === undefined && draft.values[first] === undefined) draft.values[first] = d.rules.before?.(draft, first) ?? null;
      return;
    }
    case 'arithmetic':
      state(d, draft, formula.left);
      state(d, draft, formula.right);
      return;
    case 'percent':
    case 'shift':
      state(d, draft, formula.of);
      return;
    case 'days':
      state(d, draft, formula.from);
      state(d, draft, formula.to);
      return;
    case 'aggregate':
      for (const item of formula.over.list === undefined ? [] : (draft.lists[formula.over.list] ?? []))
        if (formula.value !== undefined) state(d, item, formula.value);
      return;
    default:
  }
}
/** Steps that make the rows: what is referred to first. */
export function stepsOf(draft: Draft, done: Set<string> = new Set()): ExampleStep[] {
  if (done.has(draft.name)) return [];
  done.add(draft.name);
  const before = [
    ...Object.values(draft.refs),
    ...Object.values(draft.lists)
      .flat()
      .flatMap((item) => Object.values(item.refs)),
  ].flatMap((row) => stepsOf(row, done));
  const after = draft.related.flatMap(({ row }) => stepsOf(row, done));
  return [...before, { create: draft.entity, as: draft.name, with: jsonOf(draft) }, ...after];
}
export function jsonOf(draft: Draft): JsonObject {
  const refs = Object.fromEntries(Object.entries(draft.refs).map(([field, row]) => [field, row.name]));
  const lists: { [field: string]: Json } = Object.fromEntries(
    Object.entries(draft.lists).map(([field, items]) => [field, items.map(jsonOf)]),
  );
  return { ...refs, ...draft.values, ...lists };
}
