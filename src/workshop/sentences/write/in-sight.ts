/**
 * Rows of examples that a caller must see: where an access rule holds a role to its own rows, the row that the example shows that
 * role names it; where a change holds it to rows of some kind, the row is of that kind.
 */
import type { Expression, Json, JsonObject } from '#kernel';
import { entityNamed, type Example, type ExampleStep, type SystemModel } from '#model';
import { askedOfCaller } from '#rules';
import { accessFor } from '../effect/access.ts';
import { holds } from '../expect.ts';
import type { RequestOf } from '../request.ts';
import { drafting, stepsOf } from './drafts.ts';
import { draftsOf, entitiesOf, isObject, isRefused } from './example-rows.ts';
import { exampleCaller } from './field-examples.ts';
import { makeAll } from './meeting.ts';

/** `judging`: the example is there to show what an access rule refuses; what it must not see stays so. */
export function inSight(model: SystemModel, example: Example, judging = false): Example {
  const entities = entitiesOf(model, example);
  let steps: readonly ExampleStep[] = example.steps;
  example.steps.forEach((step, index) => {
    const by = 'by' in step ? step.by : undefined;
    if (by === undefined) return;
    const name = rowOfStep(step);
    const entity = entityNamed(model, 'create' in step ? step.create : (entities.get(name ?? '') ?? ''));
    if (entity === undefined || (judging && refusedWith(step) === 'not-found')) return;
    const row = 'create' in step ? index : made(steps, name);
    for (const rule of accessFor(model, entity.id, by)) {
      for (const { path, value } of wantedIn(model, rule.rows, by)) {
        const fits = named(steps, row, path, value);
        if (fits === steps) continue;
        steps = judging && refusedWith(step) === 'forbidden' ? hidden(steps, index) : fits;
      }
      for (const { path, value } of rule.write === undefined || (judging && isRefused(step)) ? [] : wantedIn(model, rule.write, by))
        steps = named(steps, row, path, value);
    }
  });
  return steps === example.steps ? example : { ...example, steps };
}
/** Rows that callers of a role work with meet what that role is held to from now on; undefined where that cannot be built. */
export function metForCallers(model: SystemModel, example: Example, request: RequestOf<'access'>): Example | undefined {
  const held = request.sees;
  if (held === undefined || held === 'all' || held.where.length === 0) return example;
  const d = drafting(model);
  const drafts = draftsOf(d, example);
  let steps: readonly ExampleStep[] = example.steps;
  for (const [index, step] of example.steps.entries()) {
    const draft = drafts.get(rowOfStep(step) ?? '');
    if (!('by' in step) || step.by === undefined || !request.roles.includes(step.by) || draft?.entity !== request.entity) continue;
    if (held.where.every((condition) => holds(d.rules, draft, condition))) continue;
    if (refusedWith(step) === 'forbidden') steps = hidden(steps, index);
    else if (!makeAll(d, draft, held.where)) return undefined;
    else {
      const fresh = stepsOf({ ...draft, related: [] });
      const names = new Set(fresh.flatMap((each) => ('create' in each ? [each.as] : [])));
      const at = steps.findIndex((each) => 'create' in each && names.has(each.as));
      const rest = steps.filter((each) => !('create' in each && names.has(each.as)));
      steps = [...rest.slice(0, at), ...fresh, ...rest.slice(at)];
    }
  }
  return steps === example.steps ? example : { ...example, steps };
}
/** Where callers see, or change, everything again: nothing is refused to them for that reason any more; undefined where nothing is left to show. */
export function openedForCallers(example: Example, request: RequestOf<'access'>): Example | undefined {
  const open = (part: 'sees' | 'changes'): boolean => request[part] === 'all';
  const of = (step: ExampleStep): boolean => 'by' in step && step.by !== undefined && request.roles.includes(step.by);
  const gone = (step: ExampleStep): boolean =>
    of(step) &&
    ((open('sees') && 'read' in step && refusedWith(step) === 'not-found') || (open('changes') && refusedWith(step) === 'forbidden'));
  if (example.steps.some(gone)) return undefined;
  const forbidden = (step: ExampleStep): boolean => open('sees') && of(step) && refusedWith(step) === 'not-found';
  return example.steps.some(forbidden)
    ? {
        ...example,
        steps: example.steps.map((step) => (forbidden(step) ? ({ ...step, then: { refused: 'forbidden' } } as ExampleStep) : step)),
      }
    : example;
}
const refusedWith = (step: ExampleStep): unknown =>
  'then' in step && isObject(step.then as Json) ? (step.then as JsonObject)['refused'] : undefined;
/** The row is not there for the caller. */
const hidden = (steps: readonly ExampleStep[], at: number): readonly ExampleStep[] =>
  steps.map((step, index) => (index === at ? ({ ...step, then: { refused: 'not-found' } } as ExampleStep) : step));
const rowOfStep = (step: ExampleStep): string | undefined =>
  'update' in step
    ? step.update
    : 'delete' in step
      ? step.delete
      : 'read' in step
        ? step.read
        : 'approve' in step
          ? step.approve
          : 'call' in step
            ? step.on
            : undefined;
const made = (steps: readonly ExampleStep[], name: string | undefined): number =>
  steps.findIndex((step) => 'create' in step && step.as !== undefined && step.as === name);

/** The row that the step makes, or one that it refers to, holds the value. */
function named(steps: readonly ExampleStep[], at: number, path: readonly string[], value: string | boolean): readonly ExampleStep[] {
  const step = steps[at];
  const [first, ...rest] = path;
  if (step === undefined || !('create' in step) || first === undefined) return steps;
  if (rest.length > 0) {
    const next = step.with[first];
    return typeof next === 'string' ? named(steps, made(steps, next), rest, value) : steps;
  }
  if (step.with[first] === value) return steps;
  const with_: JsonObject = { ...step.with, [first]: value };
  return steps.map((each, index) => (index === at ? { ...step, with: with_ } : each));
}
interface Wanted {
  readonly path: readonly string[];
  readonly value: string | boolean;
}
/** What a row must hold: the caller, a state, a yes or a no. What else a rule asks is not read here. */
function wantedIn(model: SystemModel, of: Expression, by: string): readonly Wanted[] {
  const value = (path: readonly string[] | undefined, is: string | boolean | undefined): readonly Wanted[] =>
    path === undefined || is === undefined ? [] : [{ path, value: is }];
  if (of.node === 'field') return value(pathIn(of), true);
  if (of.node === 'coalesce') return value(pathIn(of.of), true);
  if (of.node === 'not') return wantedIn(model, of.of, by).map((each) => ({ ...each, value: false }));
  if (of.node !== 'binary') return [];
  if (of.op === 'and') return [...wantedIn(model, of.left, by), ...wantedIn(model, of.right, by)];
  if (of.op !== 'equal') return [];
  const as = askedOfCaller(of.right);
  const choice = of.right.node === 'constant' && of.right.type.kind === 'choice' ? choiceNamed(model, of.right.value) : undefined;
  return value(pathIn(of.left), as === undefined ? choice : exampleCaller(by, as));
}
const choiceNamed = (model: SystemModel, id: unknown): string | undefined =>
  model.entities
    .flatMap((entity) => entity.fields)
    .flatMap(({ type }) => (type.kind === 'choice' ? type.choices : []))
    .find((choice) => choice.id === id)?.name;
function pathIn(of: Expression): readonly string[] | undefined {
  if (of.node === 'input') return of.name === 'row' ? [] : undefined;
  if (of.node === 'follow') return pathIn(of.of);
  const before = of.node === 'field' ? pathIn(of.of) : undefined;
  return of.node === 'field' && before !== undefined ? [...before, of.field] : undefined;
}
