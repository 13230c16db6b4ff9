/** Workflows as requests make them: model in, model out. New states become values of the choice; an entity without one gets a status. */
import type { EntityContract, Expression, Field, PermanentId, WorkflowContract, WorkflowTransition } from '#kernel';
import { approvalsOn, entityNamed, fieldNamed, type SystemModel, workflowOf } from '#model';
import { echo } from '../echo/request.ts';
import { choicesOf, statesIn } from '../flow-steps.ts';
import { camelOf, capitalised, kebabOf, labelOf, listed } from '../names.ts';
import type { RequestOf, Way } from '../request.ts';
import { rowOf } from '../resolve.ts';
import { verbOf } from './actions.ts';
import type { Applied, Effects } from './applied.ts';
import { addChoices, addFields, withFields } from './entities.ts';
import { minter } from './identity.ts';
import { allOf, conditionIr, rowInput } from './ir.ts';

interface Place {
  readonly model: SystemModel;
  readonly entity: EntityContract;
  readonly field: Field;
  readonly workflow: WorkflowContract;
  /** Where rows could stay before this change. */
  readonly stayed: readonly PermanentId[];
}
const none: Applied = { why: 'There is no such workflow.' };
function placeOf(model: SystemModel, { entity: name, field: of }: { readonly entity: string; readonly field: string }): Place | undefined {
  const entity = entityNamed(model, name);
  const field = entity === undefined ? undefined : fieldNamed(entity.fields, of);
  const workflow = entity === undefined || field === undefined ? undefined : workflowOf(model, entity.id, field.id);
  return entity === undefined || field === undefined || workflow === undefined
    ? undefined
    : { model, entity, field, workflow, stayed: workflow.ends };
}
export const stateId = (field: Field, name: string): PermanentId | undefined =>
  field.type.kind === 'choice' ? field.type.choices.find((choice) => choice.name === name)?.id : undefined;
export const stateName = (field: Field, id: PermanentId): string =>
  field.type.kind === 'choice' ? (field.type.choices.find((choice) => choice.id === id)?.name ?? id) : id;

/** Every step that somebody takes, by names. */
export const stepsOf = ({
  field,
  workflow,
}: Pick<Place, 'field' | 'workflow'>): readonly { readonly from: string; readonly to: string }[] =>
  workflow.transitions
    .filter(({ after }) => after === undefined)
    .flatMap(({ from, to }) => from.map((id) => ({ from: stateName(field, id), to: stateName(field, to) })));
export const isWholeWay = (place: Pick<Place, 'field' | 'workflow'>, ways: readonly Way[]): boolean => {
  const [has, asked] = [stepsOf(place), ways.flatMap(({ from, to }) => to.map((each) => ({ from, to: each })))].map((steps) =>
    steps.map(({ from, to }) => `${from} ${to}`).toSorted(),
  );
  return has?.join() === asked?.join() && stateName(place.field, place.workflow.starts) === ways[0]?.from;
};

export function flow(model: SystemModel, request: RequestOf<'flow'>, effects: Effects): Applied {
  const there = placeOf(model, request);
  if (there !== undefined) return isWholeWay(there, request.ways) ? { model, same: true } : { why: otherWay(there, request) };
  const states = statesIn(request.ways);
  const starts = states[0] ?? '';
  const prepared = withStates(model, request, states, starts, effects);
  if ('why' in prepared) return prepared;
  const entity = entityNamed(prepared.model, request.entity);
  const field = entity === undefined ? undefined : fieldNamed(entity.fields, request.field);
  const startId = field === undefined ? undefined : stateId(field, starts);
  if (entity === undefined || field === undefined || startId === undefined) return { why: 'There is no such thing.' };
  const named = model.workflows.some(({ name }) => name === entity.name)
    ? camelOf(`${labelOf(entity.name)} ${labelOf(field.name)}`)
    : entity.name;
  const id = minter(prepared.model, effects.change)('w', named);
  const empty: WorkflowContract = {
    kind: 'workflow',
    id,
    name: named,
    on: entity.id,
    field: field.id,
    starts: startId,
    ends: [],
    transitions: [],
    never: [],
  };
  const before: SystemModel = { ...prepared.model, workflows: [...prepared.model.workflows, empty] };
  const made = request.ways.reduce<Place>((place, { from, to }) => to.reduce((at, each) => withStep(at, from, each, effects), place), {
    model: before,
    entity,
    field,
    workflow: empty,
    stayed: [],
  });
  return checked(made);
}
function otherWay(place: Place, request: RequestOf<'flow'>): string {
  const steps = stepsOf(place).map(({ from, to }) => `from ${labelOf(from)} to ${labelOf(to)}`);
  return `${capitalised(labelOf(place.entity.plural))} have a workflow already, and it goes otherwise: ${listed(steps)}. Say single steps: "${capitalised(labelOf(request.entity))} can also go from ... to ...", "... can no longer go from ... to ...".`;
}
/**
 * The choice with all these states. Rows begin where the workflow says: of a field that it makes, and of one that was filled in otherwise,
 * there is no other default.
 */
function withStates(
  model: SystemModel,
  { entity, field: name }: { readonly entity: string; readonly field: string },
  states: readonly string[],
  starts: string | undefined,
  effects: Effects,
): Applied {
  const owner = { entity };
  const field = fieldNamed(entityNamed(model, entity)?.fields ?? [], name);
  if (field === undefined)
    return addFields(model, { act: 'addFields', owner, fields: [{ name, type: { kind: 'choice', choices: states } }] }, effects);
  const missing = states.filter((state) => !choicesOf(field).includes(state));
  const wider =
    missing.length === 0 ? { model, same: true } : addChoices(model, { act: 'addChoices', owner, field: name, choices: missing }, effects);
  if ('why' in wider || starts === undefined || field.default === undefined) return wider;
  if ('literal' in field.default && field.default.literal === starts) return wider;
  const bare = (each: Field): Field => {
    const { default: otherwise, ...rest } = each;
    return otherwise === undefined ? each : rest;
  };
  const fields = withFields(wider.model, owner, (all) => all.map((each) => (each.id === field.id ? bare(each) : each)));
  return { model: fields, same: false };
}

/** One step more; steps of one verb that ask for nothing are one transition. */
function withStep(place: Place, from: string, to: string, effects: Effects): Place {
  const { field, workflow } = place;
  const [start, goal] = [stateId(field, from), stateId(field, to)];
  if (start === undefined || goal === undefined) return place;
  const { transitions } = workflow;
  if (transitions.some((each) => each.after === undefined && each.to === goal && each.from.includes(start))) return place;
  const same = transitions.find(
    (each) => each.after === undefined && each.to === goal && each.when === undefined && each.roles.length === 0,
  );
  if (same !== undefined)
    return put(
      place,
      transitions.map((each) => (each === same ? { ...each, from: [...each.from, start] } : each)),
    );
  const name = stepName(place, to, goal);
  const id = minter(place.model, effects.change)('t', `${workflow.name} ${from} ${to}`);
  return put(place, [...transitions, { id, name, from: [start], to: goal, roles: [] }]);
}
/** A verb that is no address of something else. */
function stepName({ model, entity, workflow }: Place, to: string, goal: PermanentId): string {
  const known = workflow.transitions.find((each) => each.after === undefined && each.to === goal);
  if (known !== undefined) return known.name;
  const [verb, mark] = [verbOf(to), camelOf(`mark as ${labelOf(to)}`)];
  const path = `/${kebabOf(verb)}`;
  const taken =
    (verb === 'approve' && approvalsOn(model, entity.id).length > 0) ||
    model.operations.some(
      ({ on, http, transition }) =>
        on === entity.id && http.path.endsWith(path) && !(transition?.field === workflow.field && transition.to === goal),
    ) ||
    workflow.transitions.some(({ name }) => name === verb);
  return taken ? mark : verb;
}
/** With these transitions: where nothing leads away, a row may stay. */
function put(place: Place, transitions: readonly WorkflowTransition[], never = place.workflow.never): Place {
  const { workflow, model, field } = place;
  const named = new Set([workflow.starts, ...transitions.flatMap(({ from, to }) => [...from, to])]);
  const left = new Set(transitions.flatMap(({ from }) => from));
  const kept = (id: PermanentId): boolean => named.has(id) && (!left.has(id) || place.stayed.includes(id));
  const ends = (field.type.kind === 'choice' ? field.type.choices.map(({ id }) => id) : []).filter(kept);
  const made: WorkflowContract = { ...workflow, ends, transitions, never };
  return { ...place, workflow: made, model: { ...model, workflows: model.workflows.map((each) => (each.id === made.id ? made : each)) } };
}
/** Operations go by it too. */
function checked({ model, field, entity, workflow }: Place): Applied {
  for (const { name, on, transition } of model.operations) {
    if (on !== entity.id || transition?.field !== field.id) continue;
    const lost = transition.from.filter(
      (from) => !workflow.transitions.some((each) => each.after === undefined && each.to === transition.to && each.from.includes(from)),
    );
    if (lost.length > 0)
      return {
        why: `The operation ${labelOf(name)} takes ${labelOf(entity.plural)} from ${listed(
          lost.map((id) => labelOf(stateName(field, id))),
          'or',
        )} to ${labelOf(stateName(field, transition.to))}, and no step would lead there. Name that step as well.`,
      };
  }
  return { model, same: false };
}

export function addWay(model: SystemModel, request: RequestOf<'addWay'>, effects: Effects): Applied {
  const wider = withStates(model, request, [request.to], undefined, effects);
  if ('why' in wider) return wider;
  const place = placeOf(wider.model, request);
  if (place === undefined) return none;
  const made = request.from.reduce((at, from) => withStep(at, from, request.to, effects), place);
  return made === place ? { model, same: true } : checked(made);
}
export function removeWay(model: SystemModel, request: RequestOf<'removeWay'>): Applied {
  const place = placeOf(model, request);
  if (place === undefined) return none;
  const goal = stateId(place.field, request.to);
  const gone = request.from.flatMap((name) => stateId(place.field, name) ?? []);
  const transitions = place.workflow.transitions.flatMap((each) => {
    if (each.after !== undefined || each.to !== goal) return [each];
    const from = each.from.filter((id) => !gone.includes(id));
    return from.length === 0 ? [] : [{ ...each, from }];
  });
  return checked(put(place, transitions));
}

/** Changes the steps that are meant; where they are a part of a transition, that part becomes one of its own. */
function onSteps(
  place: Place,
  request: { readonly from: readonly string[]; readonly to: string },
  effects: Effects,
  change: (transition: WorkflowTransition) => WorkflowTransition,
): Applied {
  const goal = stateId(place.field, request.to);
  const froms = request.from.flatMap((name) => stateId(place.field, name) ?? []);
  const mint = minter(place.model, effects.change);
  const transitions = place.workflow.transitions.flatMap((each) => {
    if (each.after !== undefined || each.to !== goal) return [each];
    const inside = froms.length === 0 ? each.from : each.from.filter((id) => froms.includes(id));
    if (inside.length === 0) return [each];
    const made = change(each);
    if (made === each || inside.length === each.from.length) return [made];
    const id = mint('t', `${place.workflow.name} ${inside.join(' ')} ${request.to}`);
    return [
      { ...each, from: each.from.filter((from) => !inside.includes(from)) },
      { ...made, id, from: inside },
    ];
  });
  const same =
    transitions.length === place.workflow.transitions.length && transitions.every((each, at) => each === place.workflow.transitions[at]);
  return same ? { model: place.model, same } : checked(put(place, transitions));
}
export function wayBy(model: SystemModel, request: RequestOf<'wayBy'>, effects: Effects): Applied {
  const place = placeOf(model, request);
  const key = [...request.roles].sort().join();
  return place === undefined
    ? none
    : onSteps(place, request, effects, (each) => (each.roles.toSorted().join() === key ? each : { ...each, roles: request.roles }));
}
/** What was asked before is asked still. */
export function wayWhen(model: SystemModel, request: RequestOf<'wayWhen'>, effects: Effects): Applied {
  const place = placeOf(model, request);
  const row = rowOf(model, { entity: request.entity });
  if (place === undefined || row === undefined) return none;
  const parts = request.when.map((condition) => conditionIr(model, row, rowInput(row), condition));
  const said = `${echo(model, request) ?? ''}.`;
  return onSteps(place, request, effects, (each) => {
    const known = each.when === undefined ? [] : conjuncts(each.when);
    const fresh = parts.flatMap(conjuncts).filter((part) => !known.some((other) => JSON.stringify(other) === JSON.stringify(part)));
    if (fresh.length === 0) return each;
    const when = allOf([...(each.when === undefined ? [] : [each.when]), ...fresh]);
    return { ...each, ...(when === undefined ? {} : { when }), message: each.message === undefined ? said : `${each.message} ${said}` };
  });
}
const conjuncts = (of: Expression): readonly Expression[] =>
  of.node === 'binary' && of.op === 'and' ? [...conjuncts(of.left), ...conjuncts(of.right)] : [of];
export function wayAfter(model: SystemModel, request: RequestOf<'wayAfter'>, effects: Effects): Applied {
  const place = placeOf(model, request);
  if (place === undefined) return none;
  const { count, unit } = request;
  const [start, goal] = [stateId(place.field, request.from), stateId(place.field, request.to)];
  if (start === undefined || goal === undefined) return none;
  const { transitions } = place.workflow;
  const clock = transitions.find((each) => each.after !== undefined && each.to === goal && each.from.includes(start));
  if (clock?.after?.count === count && clock.after.unit === unit) return { model, same: true };
  const name = camelOf(`${labelOf(verbOf(request.to))} after ${count} ${count === 1 ? unit.slice(0, -1) : unit}`);
  const id = minter(model, effects.change)('t', `${place.workflow.name} ${request.from} ${request.to} by the clock`);
  const others = transitions.flatMap((each) => {
    if (each !== clock) return [each];
    const from = each.from.filter((state) => state !== start);
    return from.length === 0 ? [] : [{ ...each, from }];
  });
  const kept = clock !== undefined && clock.from.length === 1 ? clock.id : id;
  return checked(put(place, [...others, { id: kept, name, from: [start], to: goal, roles: [], after: { count, unit } }]));
}
export function neverWay(model: SystemModel, request: RequestOf<'neverWay'>): Applied {
  const place = placeOf(model, request);
  if (place === undefined) return none;
  const { field, workflow } = place;
  const [reach, state] = [stateId(field, request.reach), stateId(field, request.state)];
  if (reach === undefined || state === undefined) return none;
  const there = workflow.never.some(
    (order) =>
      order.reach === reach &&
      (request.by === 'without' ? 'without' in order && order.without === state : 'after' in order && order.after === state),
  );
  if (there) return { model, same: true };
  const words = `${echo(model, request) ?? ''}`.replace(/^./, (letter) => letter.toLowerCase()).replace(' must never be ', ' is never ');
  const order = request.by === 'without' ? { statement: words, reach, without: state } : { statement: words, reach, after: state };
  return checked(put(place, workflow.transitions, [...workflow.never, order]));
}
export function stopFlow(model: SystemModel, request: RequestOf<'stopFlow'>): Applied {
  const place = placeOf(model, request);
  return place === undefined
    ? none
    : { model: { ...model, workflows: model.workflows.filter(({ id }) => id !== place.workflow.id) }, same: false };
}
/** The step that an operation makes is one of the workflow. */
export function withMove(made: Applied, request: Pick<RequestOf<'allow'>, 'entity' | 'field' | 'from' | 'to'>, effects: Effects): Applied {
  const place = 'why' in made ? undefined : placeOf(made.model, request);
  if ('why' in made || place === undefined) return made;
  return { ...made, model: request.from.reduce((at, from) => withStep(at, from, request.to, effects), place).model };
}
