/** What a sentence about a workflow means for this system: which choice holds the state, which steps are meant, what is not there. */
import { type EntityContract, type Field, type WorkflowContract } from '#kernel';
import { entityNamed, fieldNamed, type SystemModel, workflowOf, workflowsOn } from '#model';
import { bindConditions } from './bind.ts';
import type { RawCondition } from './grammar/raw.ts';
import { labelOf, listed } from './names.ts';
import type { Choices, Condition, Request, RequestOf, Way } from './request.ts';
import { choiceSaid, oneOf, rowOf } from './resolve.ts';
import { Problem } from './rule.ts';

const MOST_STATES = 50;
type Legs = readonly (readonly string[])[];

export const choicesOf = (field: Field | undefined): Choices =>
  field?.type.kind === 'choice' ? field.type.choices.map(({ name }) => name) : [];

/** All ways that were said, in one list by the state that they lead away from. */
function waysOf(all: readonly Legs[]): readonly Way[] | Problem {
  const ways = new Map<string, string[]>();
  for (const legs of all)
    for (const [at, froms] of legs.entries())
      for (const from of froms)
        for (const to of legs[at + 1] ?? []) {
          if (from === to) return new Problem(`A step from ${labelOf(from)} to ${labelOf(to)} leads nowhere.`, undefined, true);
          const known = ways.get(from) ?? [];
          ways.set(from, known.includes(to) ? known : [...known, to]);
        }
  return [...ways].map(([from, to]) => ({ from, to }));
}
export const statesIn = (ways: readonly Way[]): Choices => [...new Set(ways.flatMap(({ from, to }) => [from, ...to]))];

export function flowing(
  model: SystemModel,
  of: { readonly entity: string; readonly field?: string; readonly list?: string },
  all: readonly Legs[],
): Request | Problem | undefined {
  const entity = entityNamed(model, of.entity);
  if (entity === undefined || of.list !== undefined) return undefined;
  const words = [...new Set(all.flat(2))];
  const field = of.field === undefined ? fieldOfStates(model, entity, words) : fieldNamed(entity.fields, of.field);
  if (field instanceof Problem) return field;
  if (field !== undefined && (field.type.kind !== 'choice' || field.derived !== undefined))
    return new Problem(
      `The ${labelOf(field.name)} of ${oneOf(model, of)} is no choice that is written, so that nothing could go by it.`,
      undefined,
      true,
    );
  const named = (word: string): string => choiceSaid(field, word) ?? word;
  const ways = waysOf(all.map((legs) => legs.map((names) => names.map(named))));
  if (ways instanceof Problem) return ways;
  if ((all[0]?.[0]?.length ?? 0) !== 1) return new Problem('Say the one state in which it begins first.', undefined, true);
  const states = statesIn(ways);
  if (states.length > MOST_STATES) return new Problem(`${MOST_STATES} states are the most.`, undefined, true);
  const known = field !== undefined && isGoverned(model, entity, field);
  const left = known ? [] : choicesOf(field).filter((name) => !states.includes(name));
  if (left.length > 0)
    return new Problem(
      `${oneOf(model, of)} can also be ${listed(left.map(labelOf), 'or')}, and this does not say where that stands. Name every state, or take it away first ("The ${labelOf(field?.name ?? '')} of ${oneOf(model, of)} can no longer be ${labelOf(left[0] ?? '')}").`,
      undefined,
      true,
    );
  return { act: 'flow', entity: entity.name, field: field?.name ?? STATUS, ways };
}
const STATUS = 'status';
/** The choice that has these states; `undefined`: none has any, and the name `status` is free for one. */
export function fieldOfStates(model: SystemModel, entity: EntityContract, words: readonly string[]): Field | Problem | undefined {
  const choices = entity.fields.filter((field) => field.type.kind === 'choice' && field.derived === undefined);
  const having = choices.filter((field) => words.some((word) => choiceSaid(field, word) !== undefined));
  const whole = having.filter((field) => words.every((word) => choiceSaid(field, word) !== undefined));
  const [only, second] = having.length > 1 ? whole : having;
  if (only !== undefined && second === undefined) return only;
  if (having.length > 0)
    return new Problem(
      `It is not clear by which field it goes: ${listed(
        having.map(({ name }) => labelOf(name)),
        'or',
      )}. Say "The ${labelOf(having[0]?.name ?? '')} of ${oneOf(model, { entity: entity.name })} goes from ..."`,
      undefined,
      true,
    );
  const taken = fieldNamed(entity.fields, STATUS);
  return taken === undefined || taken.type.kind === 'choice'
    ? taken
    : new Problem(`${oneOf(model, { entity: entity.name })} has a status already, and it is no choice.`, undefined, true);
}

export interface Governed {
  readonly entity: EntityContract;
  readonly field: Field;
  readonly workflow: WorkflowContract;
}
/** The workflow by which rows of the entity come to a state: of several, the one whose choice has it. */
export function governedBy(model: SystemModel, name: string, states: readonly string[]): Governed | undefined {
  const entity = entityNamed(model, name);
  const all = (entity === undefined ? [] : workflowsOn(model, entity.id)).flatMap((workflow) => {
    const field = entity?.fields.find(({ id }) => id === workflow.field);
    return entity === undefined || field === undefined ? [] : [{ entity, field, workflow }];
  });
  const having = all.filter(({ field }) => states.some((state) => choiceSaid(field, state) !== undefined));
  return having.length > 0 ? having[0] : all.length === 1 ? all[0] : undefined;
}
const missing = (model: SystemModel, entity: string, telling: boolean): Problem =>
  new Problem(
    `${oneOf(model, { entity })} has no workflow. Say first which way it goes, such as "${capitalisedOne(model, entity)} goes from draft to open to shipped or cancelled".`,
    undefined,
    telling,
  );
const capitalisedOne = (model: SystemModel, entity: string): string => {
  const words = oneOf(model, { entity });
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};
const namedIn = (field: Field, word: string): string => choiceSaid(field, word) ?? word;
/** Whether somebody, and not the clock, can take rows from there to there now. */
export const leads = ({ field, workflow }: Governed, from: string, to: string): boolean =>
  workflow.transitions.some(
    (each) => each.after === undefined && each.to === idIn(field, to) && each.from.some((id) => id === idIn(field, from)),
  );
const idIn = (field: Field, name: string): string | undefined =>
  field.type.kind === 'choice' ? field.type.choices.find((choice) => choice.name === name)?.id : undefined;

export function stepping(
  model: SystemModel,
  act: 'addWay' | 'removeWay',
  entity: string,
  from: readonly string[],
  to: string,
): Request | Problem | undefined {
  const governed = governedBy(model, entity, [...from, to]);
  if (governed === undefined) return missing(model, entity, true);
  const { field } = governed;
  const request = { act, entity, field: field.name, from: from.map((word) => namedIn(field, word)), to: namedIn(field, to) };
  const [unknown] = act === 'addWay' ? request.from.filter((name) => !choicesOf(field).includes(name)) : [];
  if (unknown !== undefined)
    return new Problem(`${oneOf(model, { entity })} is never ${labelOf(unknown)}, so that nothing leads away from there.`, undefined, true);
  if (request.from.includes(request.to)) return new Problem('That step leads nowhere.', undefined, true);
  const lost = act === 'removeWay' ? request.from.find((name) => !leads(governed, name, request.to)) : undefined;
  return lost === undefined ? request : nowhere(model, entity, [lost], request.to);
}
const nowhere = (model: SystemModel, entity: string, from: readonly string[], to: string): Problem =>
  new Problem(
    `No step of ${oneOf(model, { entity })} leads ${from.length === 0 ? '' : `from ${listed(from.map(labelOf), 'or')} `}to ${labelOf(to)}. Say first that it can go there ("... can also go from ... to ${labelOf(to)}").`,
    undefined,
    true,
  );
/** The one way to say which steps are meant: all that lead there, or those from these states. */
function meant(
  model: SystemModel,
  entity: string,
  from: readonly string[],
  to: string,
): Pick<RequestOf<'wayBy'>, 'entity' | 'field' | 'from' | 'to'> | Problem {
  const governed = governedBy(model, entity, [...from, to]);
  if (governed === undefined) return missing(model, entity, false);
  const { field } = governed;
  const [froms, goal] = [from.map((word) => namedIn(field, word)), namedIn(field, to)];
  const there =
    froms.length === 0
      ? choicesOf(field).some((state) => leads(governed, state, goal))
      : froms.every((state) => leads(governed, state, goal));
  return there ? { entity, field: field.name, from: froms, to: goal } : nowhere(model, entity, froms, goal);
}
export function stepFor(
  model: SystemModel,
  entity: string,
  from: readonly string[],
  to: string,
  roles: readonly string[],
): Request | Problem {
  const steps = meant(model, entity, from, to);
  return steps instanceof Problem ? steps : { act: 'wayBy', ...steps, roles };
}
/** What is asked of the state itself says which steps; the rest is asked of the row. States alone are left to what can be done in them. */
export function stepWhen(
  model: SystemModel,
  entity: string,
  from: readonly string[],
  to: string,
  raws: readonly RawCondition[],
): Request | Problem | undefined {
  const row = rowOf(model, { entity });
  if (row === undefined) return undefined;
  const bound = bindConditions(model, row, raws);
  if (bound instanceof Problem) return bound;
  const governed = governedBy(model, entity, [...from, to]);
  const own = (condition: Condition): boolean =>
    condition.is === 'choice' && condition.path.length === 1 && condition.path[0] === governed?.field.name;
  const when = bound.filter((condition) => !own(condition));
  if (when.length === 0) return undefined;
  if (governed === undefined) return missing(model, entity, false);
  const states = bound.filter(own).flatMap((condition) => (condition.is === 'choice' && condition.not !== true ? condition.among : []));
  if (bound.some((condition) => own(condition) && condition.is === 'choice' && condition.not === true))
    return new Problem('Say the states from which it may be done, and not those from which it may not.', undefined, true);
  const steps = meant(model, entity, states.length > 0 ? states : from, to);
  return steps instanceof Problem ? steps : { act: 'wayWhen', ...steps, when };
}
export function lapsing(
  model: SystemModel,
  entity: string,
  from: string,
  to: string,
  count: number,
  unit: RequestOf<'wayAfter'>['unit'],
): Request | Problem | undefined {
  const governed = governedBy(model, entity, [from, to]);
  if (governed === undefined) return missing(model, entity, true);
  const { field } = governed;
  const [start, goal] = [choiceSaid(field, from), choiceSaid(field, to)];
  if (start === undefined || goal === undefined)
    return new Problem(`${oneOf(model, { entity })} is never ${labelOf(start === undefined ? from : to)}.`);
  if (start === goal) return new Problem('That step leads nowhere.', undefined, true);
  return count < 1 || count > 10_000
    ? new Problem('A time is from 1 to 10,000 minutes, hours or days.', undefined, true)
    : { act: 'wayAfter', entity, field: field.name, from: start, to: goal, count, unit };
}
export function neverBeing(
  model: SystemModel,
  entity: string,
  reach: string,
  by: 'without' | 'after',
  state: string,
): Request | Problem | undefined {
  const governed = governedBy(model, entity, [reach, state]);
  if (governed === undefined) return missing(model, entity, true);
  const { field } = governed;
  const [goal, other] = [choiceSaid(field, reach), choiceSaid(field, state)];
  return goal === undefined || other === undefined
    ? new Problem(`${oneOf(model, { entity })} is never ${labelOf(goal === undefined ? reach : state)}.`)
    : { act: 'neverWay', entity, field: field.name, reach: goal, by, state: other };
}
export function stopping(model: SystemModel, entity: string): Request | Problem | undefined {
  const governed = governedBy(model, entity, []);
  return governed === undefined ? missing(model, entity, true) : { act: 'stopFlow', entity, field: governed.field.name };
}
const isGoverned = (model: SystemModel, entity: EntityContract, field: Field): boolean =>
  workflowOf(model, entity.id, field.id) !== undefined;
