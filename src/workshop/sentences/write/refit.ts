/**
 * Earlier examples, fitted to what a request newly demands of their rows: a bound, a limit, an approval. They keep what they
 * are about; only what would now be refused on the way there is given another value. What is calculated from such a value is
 * worked out again by the calculations that stood before, never by what the request made.
 */
import type { Expression, Field, Json, JsonObject } from '#kernel';
import { entityNamed, type Example, type ExampleStep, fieldNamed, type SystemModel } from '#model';
import { type Draft, holds } from '../expect.ts';
import type { RequestOf } from '../request.ts';
import { rowOf } from '../resolve.ts';
import { type Drafting, drafting, EXAMPLE_DAY, jsonOf, stepsOf } from './drafts.ts';
import { setAt } from './meeting.ts';
import { draftsOf, entitiesOf, entityOfStep, isObject, isRefused } from './example-rows.ts';
import { compare, decimal, minus, rounded, textOf } from './numbers.ts';
import { played, playedField } from './played.ts';
import { type Moved, shownAgain } from './shown-again.ts';

/** Calculated values that an example expects of its rows (but those of `except`), after the rows were given more than before. */
export function recounted(model: SystemModel, example: Example, except?: string): Example {
  const d = drafting(model);
  const drafts = draftsOf(d, example);
  let touched = false;
  const steps = example.steps.map((step): ExampleStep => {
    const draft = 'create' in step ? drafts.get(step.as ?? '') : 'read' in step ? drafts.get(step.read) : undefined;
    const then = 'then' in step ? (step.then as Json) : undefined;
    if (draft === undefined || draft.entity === except || !isObject(then) || isRefused(step)) return step;
    if (example.steps.some((each) => ('update' in each && each.update === draft.name) || ('call' in each && each.on === draft.name)))
      return step;
    const next = Object.fromEntries(
      Object.entries(then).map(([name, value]) => {
        const field = fieldNamed(entityNamed(model, draft.entity)?.fields ?? [], name);
        if (field?.derived === undefined) return [name, value];
        const now = playedField(model, draft, name, EXAMPLE_DAY) ?? null;
        if (now !== value) touched = true;
        return [name, now];
      }),
    );
    return { ...step, then: next } as ExampleStep;
  });
  return touched ? { ...example, steps } : example;
}

/** Rows that an example makes and that a limit now refuses are given what the limit asks for, where that can be found. */
export function fitted(model: SystemModel, example: Example): Example {
  const d = drafting(model);
  for (const step of example.steps) if ('create' in step) for (let count = 0; count < 4; count += 1) d.name(step.create);
  const drafts = draftsOf(d, example);
  const before = new Map([...drafts].map(([name, draft]) => [name, JSON.stringify(jsonOf(draft))]));
  let tried = false;
  for (const step of example.steps) {
    const draft = 'create' in step ? drafts.get(step.as ?? '') : undefined;
    if (draft === undefined || isRefused(step)) continue;
    for (const invariant of entityNamed(model, draft.entity)?.invariants ?? []) {
      if (played(model, draft, invariant.holds, EXAMPLE_DAY) !== false) continue;
      tried = true;
      satisfy(d, draft, invariant.holds);
      if (played(model, draft, invariant.holds, EXAMPLE_DAY) === false) return example;
    }
  }
  if (!tried) return example;
  const done = new Set(drafts.keys());
  const steps = example.steps.flatMap((step): readonly ExampleStep[] => {
    const draft = 'create' in step ? drafts.get(step.as ?? '') : undefined;
    if (draft === undefined || !('create' in step) || JSON.stringify(jsonOf(draft)) === before.get(draft.name)) return [step];
    const fresh = [
      ...Object.values(draft.refs),
      ...Object.values(draft.lists)
        .flat()
        .flatMap((item) => Object.values(item.refs)),
    ];
    return [...fresh.flatMap((row) => stepsOf(row, done)), { ...step, with: jsonOf(draft) }];
  });
  return recounted(model, { ...example, steps });
}
/** Whether a row that the example makes would be refused by a limit, though it is expected to be kept. */
export const violates = (model: SystemModel, example: Example): boolean => refusedByLimit(model, example, false);
/** Whether a row that the example expects to be refused is beyond a limit. */
export const overLimit = (model: SystemModel, example: Example): boolean => refusedByLimit(model, example, true);
function refusedByLimit(model: SystemModel, example: Example, expectedSo: boolean): boolean {
  const drafts = draftsOf(drafting(model), example);
  return example.steps.some((step) => {
    const draft = 'create' in step && isRefused(step) === expectedSo ? drafts.get(step.as ?? '') : undefined;
    const invariants = entityNamed(model, draft?.entity ?? '')?.invariants ?? [];
    return draft !== undefined && invariants.some((each) => played(model, draft, each.holds, EXAMPLE_DAY) === false);
  });
}
/** One of the ways in which the expression comes true, tried in turn. */
function satisfy(d: Drafting, draft: Draft, wanted: Expression): boolean {
  if (wanted.node === 'binary' && wanted.op === 'or') return satisfy(d, draft, wanted.right) || satisfy(d, draft, wanted.left);
  if (wanted.node === 'not' && wanted.of.node === 'binary' && wanted.of.op === 'equal') {
    const path = pathOf(wanted.of.left);
    const field = path === undefined ? undefined : fieldAtEnd(d, draft, path);
    const { right } = wanted.of;
    const other =
      field?.type.kind === 'choice' && right.node === 'constant'
        ? field.type.choices.find((choice) => choice.id !== right.value)?.name
        : undefined;
    return path !== undefined && other !== undefined && setAt(d, draft, path, other);
  }
  if (wanted.node === 'binary' && wanted.op === 'greaterOrEqual' && wanted.right.node === 'constant') {
    const path = pathOf(wanted.left);
    const { value } = wanted.right;
    return path !== undefined && typeof value === 'number' && setAt(d, draft, path, textOf({ units: BigInt(2 * value), scale: 2 }));
  }
  if (wanted.node !== 'binary' || wanted.op !== 'lessOrEqual') return false;
  const [left, right] = [pathOf(wanted.left), pathOf(wanted.right)];
  if (left === undefined || right === undefined) return false;
  const wantedAmount = amountAt(d, draft, left);
  return wantedAmount !== undefined && setAt(d, draft, right, wantedAmount);
}
/** Fields over references, as a path from the row. */
function pathOf(of: Expression): readonly string[] | undefined {
  if (of.node === 'input') return [];
  if (of.node === 'follow') return pathOf(of.of);
  if (of.node !== 'field') return undefined;
  const before = pathOf(of.of);
  return before === undefined ? undefined : [...before, of.field];
}
function fieldAtEnd(d: Drafting, draft: Draft, path: readonly string[]): Field | undefined {
  let at: Draft | undefined = draft;
  for (const name of path.slice(0, -1)) at = at?.refs[name];
  return at === undefined ? undefined : fieldNamed(entityNamed(d.model, at.entity)?.fields ?? [], path.at(-1) ?? '');
}
function amountAt(d: Drafting, draft: Draft, path: readonly string[]): string | undefined {
  let at: Draft | undefined = draft;
  for (const name of path.slice(0, -1)) at = at?.refs[name];
  const name = path.at(-1) ?? '';
  const value = at === undefined ? undefined : (at.values[name] ?? playedField(d.model, at, name, EXAMPLE_DAY));
  return value === undefined || value === null ? undefined : String(value);
}

/**
 * Values that a bound no longer takes: items above it become several that come to the same; anything else is moved to the
 * bound, and what is calculated from it is worked out again. Examples that an operation's answer belongs to stay as they are.
 */
export function withinBounds(model: SystemModel, example: Example, request: RequestOf<'setBounds'>): Example {
  const split = splitItems(model, example, request);
  const field = fieldNamed(rowOf(model, request.owner)?.fields ?? [], request.field);
  if (field === undefined || split.steps.some((step) => 'call' in step && mayRead(model, step.call, request.owner.entity))) return split;
  const bound = (value: Json | undefined): Json | undefined => {
    if (typeof value !== 'string' && typeof value !== 'number') return value;
    const [low, high] = [request.min, request.max].map((each) => (each === undefined ? undefined : decimal(each)));
    const own = decimal(String(value));
    const to = low !== undefined && compare(own, low) < 0 ? low : high !== undefined && compare(own, high) > 0 ? high : undefined;
    return to === undefined ? value : typeof value === 'number' ? Number(textOf(to)) : textOf(rounded(to, own.scale));
  };
  let touched = false;
  const row = (values: JsonObject): JsonObject => {
    const next = bound(values[request.field]);
    if (next === undefined || next === values[request.field]) return values;
    touched = true;
    return { ...values, [request.field]: next };
  };
  const inside = (values: JsonObject): JsonObject => {
    if (request.owner.list === undefined) return row(values);
    const items = values[request.owner.list];
    return Array.isArray(items)
      ? { ...values, [request.owner.list]: items.map((item: Json) => (isObject(item) ? row(item) : item)) }
      : values;
  };
  const named = entitiesOf(model, split);
  const moved = [...draftsOf(drafting(model), split).values()].flatMap((draft): readonly Moved[] => {
    const [from, to] = [draft.values[request.field], bound(draft.values[request.field])];
    return draft.entity === request.owner.entity && typeof from === 'string' && typeof to === 'string' ? [{ draft, from, to }] : [];
  });
  const steps = split.steps.map((step): ExampleStep => {
    if ('show' in step && request.owner.list === undefined)
      return { ...step, then: step.then.map((expected) => shownAgain(expected, moved)) };
    if (isRefused(step) || entityOfStep(model, step, named) !== request.owner.entity) return step;
    const then = 'then' in step && isObject(step.then as Json) ? { then: inside(step.then as JsonObject) } : {};
    return ('create' in step || 'update' in step ? { ...step, with: inside(step.with), ...then } : { ...step, ...then }) as ExampleStep;
  });
  return touched ? recounted(model, { ...split, steps }) : split;
}
/** Whether the values of such rows may matter to what the operation does. */
function mayRead(model: SystemModel, name: string, entity: string): boolean {
  const operation = model.operations.find((each) => each.name === name);
  const id = entityNamed(model, entity)?.id;
  return operation?.on === id || operation?.capabilities.some((each) => each.kind === 'data' && each.entity === id) === true;
}
function splitItems(model: SystemModel, example: Example, request: RequestOf<'setBounds'>): Example {
  if (request.min !== undefined && request.owner.list !== undefined) return gathered(model, example, request, request.owner.list);
  const { owner, field: name, max } = request;
  const row = rowOf(model, owner);
  const field = fieldNamed(row?.fields ?? [], name);
  const list = owner.list;
  if (row === undefined || field === undefined || max === undefined || list === undefined || field.type.kind !== 'money') return example;
  const counts = row.fields.filter((each) => each.type.kind === 'integer');
  const [count] = counts;
  if (count === undefined || counts.length > 1) return example;
  let touched = false;
  const steps = example.steps.map((step): ExampleStep => {
    if (!('create' in step) || step.create !== owner.entity || isRefused(step)) return step;
    const items = step.with[list];
    if (!Array.isArray(items)) return step;
    const next = items.flatMap((item: Json): readonly Json[] => {
      const amount = isObject(item) ? item[name] : undefined;
      if (!isObject(item) || typeof amount !== 'string' || item[count.name] !== 1 || compare(decimal(amount), decimal(max)) <= 0)
        return [item];
      const times = decimal(amount).units / rounded(decimal(max), decimal(amount).scale).units;
      const rest = minus(decimal(amount), { units: rounded(decimal(max), 2).units * times, scale: 2 });
      touched = true;
      return [
        { ...item, [name]: textOf(rounded(decimal(max), 2)), [count.name]: Number(times) },
        ...(rest.units === 0n ? [] : [{ ...item, [name]: textOf(rounded(rest, 2)) }]),
      ];
    });
    return { ...step, with: { ...step.with, [list]: next } };
  });
  return touched ? { ...example, steps } : example;
}

/** Items of which there must now be more cost so much less each, where that comes out even. */
function gathered(model: SystemModel, example: Example, request: RequestOf<'setBounds'>, list: string): Example {
  const fields = rowOf(model, request.owner)?.fields ?? [];
  const amounts = fields.filter((each) => each.type.kind === 'money');
  const [amount] = amounts;
  const least = Number(request.min);
  if (amount === undefined || amounts.length > 1 || fieldNamed(fields, request.field)?.type.kind !== 'integer') return example;
  const more = (item: Json): Json => {
    if (!isObject(item)) return item;
    const [count, each] = [item[request.field], item[amount.name]];
    if (typeof count !== 'number' || typeof each !== 'string' || count >= least) return item;
    const whole = rounded(decimal(each), 2).units * BigInt(count);
    const even = Array.from({ length: 200 }, (_, at) => least + at).find((wanted) => whole % BigInt(wanted) === 0n);
    return even === undefined ? item : { ...item, [request.field]: even, [amount.name]: textOf({ units: whole / BigInt(even), scale: 2 }) };
  };
  let touched = false;
  const steps = example.steps.map((step): ExampleStep => {
    const items = 'create' in step && step.create === request.owner.entity && !isRefused(step) ? step.with[list] : undefined;
    if (!('create' in step) || !Array.isArray(items) || (step.then !== undefined && list in step.then)) return step;
    const next = items.map(more);
    if (JSON.stringify(next) !== JSON.stringify(items)) touched = true;
    return { ...step, with: { ...step.with, [list]: next } };
  });
  return touched ? { ...example, steps } : example;
}
/** A row that now waits for approval is approved before its state changes. */
export function approved(model: SystemModel, example: Example, request: RequestOf<'approval'>): Example {
  const d = drafting(model);
  const drafts = draftsOf(d, example);
  const named = entitiesOf(model, example);
  const waiting = new Set(
    [...drafts.values()]
      .filter((draft) => draft.entity === request.entity && request.where.every((condition) => holds(d.rules, draft, condition)))
      .map((draft) => draft.name),
  );
  let touched = false;
  const steps = example.steps.flatMap((step): readonly ExampleStep[] => {
    if ('approve' in step && step.by === request.role && step.then !== undefined && named.get(step.approve) === request.entity) {
      touched = true;
      return [];
    }
    const name = 'update' in step && step.with[request.before] !== undefined ? step.update : 'call' in step ? step.on : undefined;
    const refused = isRefused(step) && (step as { readonly then?: JsonObject }).then?.['refused'];
    if (name === undefined || !waiting.has(name) || refused === 'approval-needed' || refused === 'invalid') return [step];
    if (entityOfStep(model, step, named) === undefined) return [step];
    waiting.delete(name);
    touched = true;
    return [{ approve: name, by: request.role }, step];
  });
  return touched ? { ...example, steps } : example;
}
