/**
 * Examples whose rows go by a workflow: a row that is to be in a state is created where the workflow starts and taken there step by step;
 * who takes a step has the role for it. An example that expects what the workflow no longer does, or now does, shows nothing any more.
 */
import type { Json, JsonObject, PermanentId, WorkflowTransition } from '#kernel';
import { type Example, type ExampleStep, operationNamed, type SystemModel, transitionsOf } from '#model';
import { stateId, stateName } from '../effect/workflows.ts';
import type { Draft } from '../expect.ts';
import { approvalsNeeded } from './approvals-needed.ts';
import { drafting } from './drafts.ts';
import { draftsOf, entitiesOf, isObject, isRefused } from './example-rows.ts';
import { clockOf } from './clock-of-example.ts';
import { type Flow, flowsOf, keyOf, lets } from './flows.ts';

export const operationFor = (
  { model, entity, field }: Flow,
  from: PermanentId,
  to: PermanentId,
): ReturnType<typeof transitionsOf>[number] | undefined =>
  transitionsOf(model, entity.id).find(
    ({ transition }) => transition?.field === field.id && transition.to === to && transition.from.includes(from),
  );

export const isByOperation = ({ model, entity, field }: Flow, to: PermanentId): boolean =>
  transitionsOf(model, entity.id).some(({ transition }) => transition?.field === field.id && transition.to === to);

/** One step of the row, by whoever may take it. */
export function stepTo(flow: Flow, draft: Draft, from: PermanentId, transition: WorkflowTransition): ExampleStep {
  const operation = operationFor(flow, from, transition.to);
  const [role] = operation === undefined ? transition.roles : operation.roles;
  const by = role === undefined ? {} : { by: role };
  return operation === undefined
    ? { update: draft.name, ...by, with: { [flow.field.name]: stateName(flow.field, transition.to) } }
    : { call: operation.name, on: draft.name, ...by };
}
/** A shortest way of the row from where it begins; of several, one that asks for nothing. */
export function stepsTo(flow: Flow, draft: Draft, state: string): readonly ExampleStep[] | undefined {
  const goal = stateId(flow.field, state);
  const open = flow.workflow.transitions.filter(({ after }) => after === undefined);
  for (const usable of [
    open.filter(({ when, roles }) => when === undefined && roles.length === 0),
    open.filter((each) => lets(flow, each, draft)),
  ]) {
    const ways = new Map<PermanentId, readonly ExampleStep[]>([[flow.workflow.starts, []]]);
    for (const [at, way] of ways) {
      if (at === goal) return way;
      for (const each of usable)
        if (each.from.includes(at) && !ways.has(each.to)) ways.set(each.to, [...way, stepTo(flow, draft, at, each)]);
    }
  }
  return undefined;
}

/** Undefined where it expects of a step what is not so. */
export function alongFlow(model: SystemModel, example: Example): Example | undefined {
  if (model.workflows.length === 0) return example;
  const named = entitiesOf(model, example);
  const drafts = draftsOf(drafting(model), example);
  const states = new Map<string, PermanentId>();
  const steps: ExampleStep[] = [];
  const clock = clockOf(model, named, drafts, states);
  for (const step of example.steps) {
    clock.before(step);
    if ('read' in step && clock.contradicts(step)) return undefined;
    if ('create' in step && !isRefused(step)) steps.push(...created(model, step, drafts, states, example));
    else if ('update' in step) {
      const made = updated(model, step, named, drafts, states);
      if (made === undefined) return undefined;
      steps.push(made);
    } else {
      if ('call' in step && step.on !== undefined && !isRefused(step)) called(model, step.call, step.on, states);
      steps.push(step);
    }
    clock.after();
  }
  if (JSON.stringify(steps) === JSON.stringify(example.steps)) return example;
  // "An order that was never open": it has been now, on its way.
  return /\bnever\b/.test(example.name) ? undefined : { ...example, steps };
}
function created(
  model: SystemModel,
  step: Extract<ExampleStep, { create: string }>,
  drafts: ReadonlyMap<string, Draft>,
  states: Map<string, PermanentId>,
  { steps }: Example,
): readonly ExampleStep[] {
  const draft = drafts.get(step.as ?? '');
  let made: readonly ExampleStep[] = [step];
  for (const flow of flowsOf(model, step.create)) {
    const wanted = step.with[flow.field.name];
    const starts = stateName(flow.field, flow.workflow.starts);
    if (step.as !== undefined) states.set(keyOf(step.as, flow), flow.workflow.starts);
    if (draft === undefined || typeof wanted !== 'string' || wanted === starts) continue;
    const way = stepsTo(flow, { ...draft, values: { ...draft.values, [flow.field.name]: starts } }, wanted);
    const state = stateId(flow.field, wanted);
    if (way === undefined || state === undefined) continue;
    states.set(keyOf(draft.name, flow), state);
    const { then, ...bare } = step;
    const begins: ExampleStep = {
      ...bare,
      with: Object.fromEntries(Object.entries(step.with).filter(([name]) => name !== flow.field.name)),
    };
    const isApproved = steps.some((each) => 'approve' in each && each.approve === draft.name);
    const approved = isApproved ? [] : approvalsNeeded(model, draft).map((by): ExampleStep => ({ approve: draft.name, by }));
    const last = way.at(-1);
    const shown: readonly ExampleStep[] =
      last === undefined || then === undefined ? way : [...way.slice(0, -1), { ...last, then } as ExampleStep];
    made = [begins, ...approved, ...shown];
  }
  return made;
}
function updated(
  model: SystemModel,
  step: Extract<ExampleStep, { update: string }>,
  named: ReadonlyMap<string, string>,
  drafts: ReadonlyMap<string, Draft>,
  states: Map<string, PermanentId>,
): ExampleStep | undefined {
  let made = step;
  for (const flow of flowsOf(model, named.get(step.update) ?? '')) {
    const given = step.with[flow.field.name];
    const from = states.get(keyOf(step.update, flow));
    const to = typeof given === 'string' ? stateId(flow.field, given) : undefined;
    const draft = drafts.get(step.update);
    if (from === undefined || to === undefined || from === to || draft === undefined) continue;
    // What an operation alone does is refused in another way.
    if (operationFor(flow, from, to) !== undefined) {
      if (refusedWith(step) === 'conflict') return undefined;
      continue;
    }
    const now = { ...draft, values: { ...draft.values, ...plain(step.with), [flow.field.name]: stateName(flow.field, from) } };
    const open = flow.workflow.transitions.filter((each) => each.after === undefined && each.to === to && each.from.includes(from));
    const through = open.find((each) => lets(flow, each, now));
    const code = refusedWith(step);
    if (code === undefined) {
      if (through === undefined) return undefined;
      const [role] = through.roles;
      if (role !== undefined && (step.by === undefined || !through.roles.includes(step.by))) made = { ...made, by: role };
      states.set(keyOf(step.update, flow), to);
    } else if (code === 'conflict' && through !== undefined && mayTake(through, step.by)) return undefined;
    else if (code === 'forbidden' && (open.length === 0 || open.some((each) => mayTake(each, step.by)))) return undefined;
  }
  return made;
}
const mayTake = ({ roles }: WorkflowTransition, by: string | undefined): boolean =>
  roles.length === 0 || (by !== undefined && roles.includes(by));
const plain = (values: JsonObject): Draft['values'] =>
  Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, string | number | boolean | null] =>
        entry[1] === null || ['string', 'number', 'boolean'].includes(typeof entry[1]),
    ),
  );
function called(model: SystemModel, name: string, on: string, states: Map<string, PermanentId>): void {
  const move = operationNamed(model, name)?.transition;
  if (move !== undefined && states.has(`${on} ${move.field}`)) states.set(`${on} ${move.field}`, move.to);
}
const refusedWith = (step: ExampleStep): unknown =>
  'then' in step && isObject(step.then as Json) ? (step.then as JsonObject)['refused'] : undefined;
