/** What a sentence about an action means for this system: the transition, who may, and the questions that it leaves open. */
import { entityNamed, type SystemModel, transitionsOf, workflowOf } from '#model';
import { bindConditions } from '../bind.ts';
import { stepFor } from '../flow-steps.ts';
import type { RawCondition, StateWord } from '../grammar/raw.ts';
import { stateField } from '../grammar/state-verbs.ts';
import { labelOf, listed } from '../names.ts';
import type { Request } from '../request.ts';
import { oneOf, rowOf } from '../resolve.ts';
import { Problem } from '../rule.ts';
import { bindEffects, type RawEffect } from './action-effects.ts';

export interface Subject {
  readonly entity: string;
  readonly state: readonly StateWord[];
}

export interface When {
  readonly condition: RawCondition;
  readonly until: boolean;
}
export function allowing(
  model: SystemModel,
  s: Subject,
  to: string,
  w: When | undefined,
  by: readonly string[],
  raw: readonly RawEffect[],
): Request | Problem | undefined {
  const entity = entityNamed(model, s.entity);
  const row = rowOf(model, { entity: s.entity });
  if (entity === undefined || row === undefined) return undefined;
  const field = stateField(model, entity, to);
  if (field instanceof Problem) return field;
  if (field.type.kind !== 'choice') return undefined;
  const names = field.type.choices.map((choice) => choice.name);
  const governed = workflowOf(model, entity.id, field.id) !== undefined && raw.length === 0;
  const froms: (readonly string[])[] = [];
  const narrow = (raws: RawCondition, until: boolean): Problem | undefined => {
    const bound = bindConditions(model, row, [raws]);
    if (bound instanceof Problem) return bound;
    const only = bound[0];
    if (only?.is !== 'choice' || only.path[0] !== field.name || bound.length > 1)
      return new Problem(`The state needed must be a value of the ${labelOf(field.name)}.`);
    froms.push((only.not === true) !== until ? names.filter((name) => !only.among.includes(name) && name !== to) : only.among);
    return undefined;
  };
  if (s.state.length > 0) {
    const problem = narrow({ raw: 'state', among: s.state, not: false }, false);
    if (problem !== undefined) return problem;
  }
  if (w !== undefined) {
    const problem = narrow(w.condition, w.until);
    if (problem !== undefined) return problem;
  }
  const effects_ = bindEffects(model, entity, raw);
  if (effects_ instanceof Problem) return effects_;
  const request = (from: readonly string[]): Request =>
    !governed
      ? { act: 'allow', entity: entity.name, field: field.name, to, from, roles: by, effects: effects_ }
      : by.length > 0
        ? { act: 'wayBy', entity: entity.name, field: field.name, from, to, roles: by }
        : { act: 'addWay', entity: entity.name, field: field.name, from, to };
  if (governed && by.length > 0) return stepFor(model, entity.name, froms.flat(), to, by);
  if (froms.length === 0) {
    const others = names.filter((name) => name !== to);
    return new Problem('It does not say in which state.', {
      why: `In which state can ${oneOf(model, row.owner)} be ${labelOf(to)}?`,
      requests: [...others.map((name) => request([name])), ...(others.length > 1 ? [request(others)] : [])],
    });
  }
  const from = froms.reduce((left, right) => left.filter((name) => right.includes(name)));
  if (from.length === 0) return new Problem('There is no state in which that could be done.');
  if (from.includes(to)) return new Problem(`${oneOf(model, row.owner)} that is ${labelOf(to)} cannot be ${labelOf(to)} again.`);
  return request(from);
}
/** "A manager can cancel an order": alone, or as well as others? */
export function roleQuestion(
  model: SystemModel,
  s: Subject,
  to: string,
  w: When | undefined,
  by: readonly string[],
  e: readonly RawEffect[],
): Request | Problem | undefined {
  const only = allowing(model, s, to, w, by, e);
  const all = allowing(model, s, to, w, [], e);
  if (only === undefined || all === undefined || only instanceof Problem || all instanceof Problem) return only;
  return new Problem('It does not say whether others may as well.', {
    why: `May only ${listed(by, 'or')} do it, or everyone who may change the row?`,
    requests: [only, all],
  });
}
export function restricting(model: SystemModel, entity: string, to: string, by: readonly string[]): Request | Problem | undefined {
  const found = entityNamed(model, entity);
  if (found === undefined) return undefined;
  const field = stateField(model, found, to);
  if (field instanceof Problem) return field;
  const choice = field.type.kind === 'choice' ? field.type.choices.find((each) => each.name === to) : undefined;
  const operation = transitionsOf(model, found.id).find((each) => each.transition?.field === field.id && each.transition.to === choice?.id);
  if (operation !== undefined) return { act: 'restrict', entity, operation: operation.name, roles: by };
  if (workflowOf(model, found.id, field.id) !== undefined) return stepFor(model, entity, [], to, by);
  return allowing(model, { entity, state: [] }, to, undefined, by, []);
}
export function addEffects(model: SystemModel, s: Subject, to: string, raw: readonly RawEffect[]): Request | Problem | undefined {
  const entity = entityNamed(model, s.entity);
  if (entity === undefined) return undefined;
  const field = stateField(model, entity, to);
  if (field instanceof Problem) return field;
  const choice = field.type.kind === 'choice' ? field.type.choices.find((each) => each.name === to) : undefined;
  const operation = transitionsOf(model, entity.id).find(
    (each) => each.transition?.field === field.id && each.transition.to === choice?.id,
  );
  if (operation !== undefined)
    return new Problem(
      `What happens when ${oneOf(model, { entity: s.entity })} is ${labelOf(to)} is written in the operation "${labelOf(operation.name)}" already.`,
    );
  return allowing(model, s, to, undefined, [], raw);
}
