/**
 * Examples of workflows: a row begins where it must and nowhere else, each step can be taken, and from each state there is one that cannot;
 * who may take a step and who may not; a row that meets a guard, and for each of its conditions one that just does not.
 */
import type { PermanentId, WorkflowTransition } from '#kernel';
import { stateId, stateName } from '../effect/workflows.ts';
import type { Draft } from '../expect.ts';
import { articleFor } from '../inflection.ts';
import { labelOf } from '../names.ts';
import type { Condition, RequestOf } from '../request.ts';
import { type ExampleStep, lengthIn, lengthMs, lengthText, type SystemModel } from '#model';
import { isByOperation, stepsTo, stepTo } from './along-flow.ts';
import { approvalsNeeded } from './approvals-needed.ts';
import { type Drafting, EXAMPLE_DAY, sampleRow, stepsOf } from './drafts.ts';
import type { Named } from './field-examples.ts';
import { type Flow, flowsOf, lets } from './flows.ts';
import { makeAll } from './meeting.ts';

type FlowAct = 'flow' | 'addWay' | 'removeWay' | 'wayBy' | 'wayWhen' | 'wayAfter' | 'neverWay';
type FlowRequest = RequestOf<FlowAct>;
const one = (name: string): string => `${articleFor(labelOf(name))} ${labelOf(name)}`;

const flowOf = (model: SystemModel, { entity, field }: Pick<FlowRequest, 'entity' | 'field'>): Flow | undefined =>
  flowsOf(model, entity).find((flow) => flow.field.name === field);
export const flowName = (model: SystemModel, request: Pick<FlowRequest, 'entity' | 'field'>): string | undefined =>
  flowOf(model, request)?.workflow.name;

export function flowExamples(d: Drafting, request: FlowRequest): readonly Named[] {
  const flow = flowOf(d.model, request);
  if (flow === undefined) return [];
  switch (request.act) {
    case 'flow':
      return [...beginning(d, flow), ...allSteps(flow).flatMap(([from, each]) => taken(d, flow, from, each)), ...closed(d, flow)];
    case 'addWay':
      return [
        ...stepsMeant(flow, request.from, request.to).flatMap(([from, each]) => taken(d, flow, from, each)),
        ...statesOf(flow)
          .flatMap((state) => notTaken(d, flow, state, request.to))
          .slice(0, 1),
      ];
    case 'removeWay':
      return request.from.flatMap((from) => notTaken(d, flow, from, request.to));
    case 'wayBy':
      return stepsMeant(flow, request.from, request.to).flatMap(([from, each]) => rights(d, flow, from, each));
    case 'wayWhen':
      return stepsMeant(flow, request.from, request.to).flatMap(([from, each]) => guarded(d, flow, from, each, request.when));
    case 'wayAfter':
      return clock(d, flow, request);
    case 'neverWay':
      return request.by === 'after'
        ? notTaken(d, flow, request.state, request.reach)
        : statesOf(flow)
            .filter((state) => state !== request.state)
            .flatMap((state) => notTaken(d, flow, state, request.reach))
            .slice(0, 1);
  }
}
type Step = readonly [from: PermanentId, transition: WorkflowTransition];
const allSteps = ({ workflow }: Flow): readonly Step[] =>
  workflow.transitions.filter(({ after }) => after === undefined).flatMap((each) => each.from.map((from) => [from, each] as const));
const stepsMeant = (flow: Flow, from: readonly string[], to: string): readonly Step[] =>
  allSteps(flow).filter(
    ([start, each]) => each.to === stateId(flow.field, to) && (from.length === 0 || from.includes(stateName(flow.field, start))),
  );
const statesOf = ({ field, workflow }: Flow): readonly string[] => [
  ...new Set([workflow.starts, ...workflow.transitions.flatMap(({ from, to }) => [...from, to])].map((id) => stateName(field, id))),
];

interface Scene {
  readonly draft: Draft;
  readonly steps: readonly ExampleStep[];
}
/** A row in a state; `fit` gives it what it needs on the way. */
function sceneIn(d: Drafting, flow: Flow, state: string, fit?: (draft: Draft) => boolean): Scene | undefined {
  const draft = sampleRow(d, flow.entity.name);
  if (fit !== undefined && !fit(draft)) return undefined;
  const way = stepsTo(flow, draft, state);
  if (way === undefined) return undefined;
  const approved = approvalsNeeded(d.model, draft).map((by): ExampleStep => ({ approve: draft.name, by }));
  return { draft, steps: [{ today: EXAMPLE_DAY }, ...stepsOf(draft), ...approved, ...way] };
}
function beginning(d: Drafting, flow: Flow): readonly Named[] {
  const { field, workflow, entity } = flow;
  const starts = stateName(field, workflow.starts);
  const other = statesOf(flow).find((state) => state !== starts);
  const made = (with_: Draft['values'], then: { readonly [name: string]: string }): readonly ExampleStep[] => {
    const draft = sampleRow(d, entity.name);
    Object.assign(draft.values, with_);
    return stepsOf(draft).map((step) => ('create' in step && step.as === draft.name ? { ...step, then } : step));
  };
  return [
    { name: `${one(entity.name)} begins as ${labelOf(starts)}`, steps: made({}, { [field.name]: starts }) },
    ...(other === undefined
      ? []
      : [{ name: `${one(entity.name)} cannot begin as ${labelOf(other)}`, steps: made({ [field.name]: other }, { refused: 'invalid' }) }]),
  ];
}
function taken(d: Drafting, flow: Flow, from: PermanentId, transition: WorkflowTransition): readonly Named[] {
  const { field, entity } = flow;
  const [state, goal] = [stateName(field, from), stateName(field, transition.to)];
  const scene = sceneIn(d, flow, state);
  if (scene === undefined || !lets(flow, transition, scene.draft)) return [];
  const step = { ...stepTo(flow, scene.draft, from, transition), then: { [field.name]: goal } } as ExampleStep;
  return [{ name: `${one(entity.name)} that is ${labelOf(state)} can become ${labelOf(goal)}`, steps: [...scene.steps, step] }];
}

/** From each state one step that nobody takes. */
function closed(d: Drafting, flow: Flow): readonly Named[] {
  const states = statesOf(flow);
  return states.flatMap((state) => states.flatMap((goal) => notTaken(d, flow, state, goal)).slice(0, 1));
}
function notTaken(d: Drafting, flow: Flow, state: string, goal: string): readonly Named[] {
  const { field, entity, workflow } = flow;
  const [from, to] = [stateId(field, state), stateId(field, goal)];
  if (from === undefined || to === undefined || from === to) return [];
  const leads = workflow.transitions.some((each) => each.after === undefined && each.to === to && each.from.includes(from));
  // What an operation alone does is refused in another way.
  const alone = isByOperation(flow, to);
  const scene = leads || alone ? undefined : sceneIn(d, flow, state);
  if (scene === undefined) return [];
  const step: ExampleStep = { update: scene.draft.name, with: { [field.name]: goal }, then: { refused: 'conflict' } };
  const stays: ExampleStep = { read: scene.draft.name, then: { [field.name]: state } };
  return [{ name: `${one(entity.name)} that is ${labelOf(state)} cannot become ${labelOf(goal)}`, steps: [...scene.steps, step, stays] }];
}
function rights(d: Drafting, flow: Flow, from: PermanentId, transition: WorkflowTransition): readonly Named[] {
  const { field, entity } = flow;
  const [state, goal] = [stateName(field, from), stateName(field, transition.to)];
  const move = (by: string, then: { readonly [name: string]: string }): readonly ExampleStep[] => {
    const scene = sceneIn(d, flow, state);
    return scene === undefined || !lets(flow, transition, scene.draft)
      ? []
      : [...scene.steps, { update: scene.draft.name, by, with: { [field.name]: goal }, then }];
  };
  const stranger = d.model.settings.roles.find(({ name, write }) => write && !transition.roles.includes(name));
  const what = `take ${one(entity.name)} from ${labelOf(state)} to ${labelOf(goal)}`;
  return [
    ...transition.roles.map((role) => ({ name: `${one(role)} may ${what}`, steps: move(role, { [field.name]: goal }) })),
    ...(stranger === undefined
      ? []
      : [{ name: `${one(stranger.name)} may not ${what}`, steps: move(stranger.name, { refused: 'forbidden' }) }]),
  ].filter(({ steps }) => steps.length > 0);
}
function guarded(d: Drafting, flow: Flow, from: PermanentId, transition: WorkflowTransition, when: readonly Condition[]): readonly Named[] {
  const { field, entity } = flow;
  const [state, goal] = [stateName(field, from), stateName(field, transition.to)];
  const [role] = transition.roles;
  const move = (name: string, broken: Condition | undefined): readonly Named[] => {
    const scene = sceneIn(d, flow, state, (draft) => makeAll(d, draft, when, broken));
    if (scene === undefined || lets(flow, transition, scene.draft) !== (broken === undefined)) return [];
    const then = broken === undefined ? { [field.name]: goal } : { refused: 'conflict' };
    const step: ExampleStep = { update: scene.draft.name, ...(role === undefined ? {} : { by: role }), with: { [field.name]: goal }, then };
    return [{ name, steps: [...scene.steps, step] }];
  };
  const what = `${one(entity.name)} that is ${labelOf(state)}`;
  return [
    ...move(`${what} and meets what is asked can become ${labelOf(goal)}`, undefined),
    ...when.flatMap((condition) => move(`${what} and does not meet what is asked cannot become ${labelOf(goal)}`, condition)),
  ];
}
/** What the clock does comes when so much time has passed and not before; it is done by nobody else, unless there is another step. */
function clock(d: Drafting, flow: Flow, request: RequestOf<'wayAfter'>): readonly Named[] {
  const steps = stepsMeant(flow, [request.from], request.to);
  const byNobody =
    steps.length > 0 ? steps.flatMap(([from, each]) => taken(d, flow, from, each)) : notTaken(d, flow, request.from, request.to);
  return [...byNobody, ...lapsed(d, flow, request)];
}
function lapsed(d: Drafting, flow: Flow, { from, to, count, unit }: RequestOf<'wayAfter'>): readonly Named[] {
  const { field, entity, workflow } = flow;
  const [start, goal] = [stateId(field, from), stateId(field, to)];
  const timed = workflow.transitions.filter(({ after, from: states }) => after !== undefined && states.some((id) => id === start));
  const own = timed.find((each) => each.to === goal);
  const whole = lengthMs({ count, unit });
  // Another one may come before it.
  const isFirst = timed.every((each) => each === own || (each.after !== undefined && lengthMs(each.after) > whole));
  const scene = own === undefined || !isFirst ? undefined : sceneIn(d, flow, from);
  if (own === undefined || scene === undefined || !lets(flow, own, scene.draft)) return [];
  const rest = lastPart(whole);
  const looks = (state: string): ExampleStep => ({ read: scene.draft.name, then: { [field.name]: state } });
  const passes = (milliseconds: number): ExampleStep => ({ after: lengthText(lengthIn(milliseconds)) });
  const before = whole > rest ? [passes(whole - rest), looks(from)] : [];
  const name = `${one(entity.name)} that has been ${labelOf(from)} for ${lengthText({ count, unit })} is ${labelOf(to)}, and not before`;
  return [{ name, steps: [...scene.steps, ...before, passes(whole > rest ? rest : whole), looks(to)] }];
}
/** What is left of a time when it has nearly passed: a day, an hour, a minute. */
const lastPart = (milliseconds: number): number => [86_400_000, 3_600_000].find((part) => milliseconds > part) ?? 60_000;
