/** Ways through states: "An order goes from draft to open to shipped or cancelled", and what is said of one step of it. */
import { whenClauses } from '../grammar/conditions.ts';
import { choiceName } from '../grammar/new-field.ts';
import { entry, type FieldRef, fieldRef, thing } from '../grammar/nouns.ts';
import { done, roles } from '../grammar/state-verbs.ts';
import { wholeNumber } from '../grammar/values.ts';
import { labelOf } from '../names.ts';
import type { Request } from '../request.ts';
import { either, listOf, named, phrase, Problem, type Rule, said } from '../rule.ts';
import { flowing, lapsing, neverBeing, stepping, stepFor, stepWhen, stopping } from '../flow-steps.ts';

const state: Rule<string> = named('state of a way', () => either(choiceName, done));
const states: Rule<readonly string[]> = named('states of a way', () =>
  either(
    phrase('{states}', { states: listOf('state list of a way', state, '[,] or') }, ({ states: all }) => all),
    phrase('either {states}', { states: listOf('states after either', state, '[,] or', 2) }, ({ states: all }) => all),
  ),
);
type Legs = readonly (readonly string[])[];
const THEN = '[,] [(and|then|and then)]';
const tos: Rule<Legs> = named('where a way leads', () =>
  either(
    phrase('to {states}', { states }, ({ states: all }): Legs => [all]),
    phrase(`to {states} ${THEN} {rest}`, { states, rest: tos }, ({ states: all, rest }): Legs => [all, ...rest]),
  ),
);
const way: Rule<Legs> = named('way', () =>
  phrase('from {first} {rest}', { first: states, rest: tos }, ({ first, rest }) => [first, ...rest]),
);
const ways: Rule<readonly Legs[]> = named('ways', () =>
  either(
    phrase('{only}', { only: way }, ({ only }): readonly Legs[] => [only]),
    phrase(
      `{first} (,|and|, and|;|; and|, then|and then|, and then) {rest}`,
      { first: way, rest: ways },
      ({ first, rest }): readonly Legs[] => [first, ...rest],
    ),
  ),
);
const thens: Rule<Legs> = named('states one after the other', () =>
  either(
    phrase('[,] [and] then {states}', { states }, ({ states: all }): Legs => [all]),
    phrase('[,] [and] then {states} {rest}', { states, rest: thens }, ({ states: all, rest }): Legs => [all, ...rest]),
  ),
);
const GOES = '(goes|go|moves|move|passes|pass|proceeds|proceed|runs|run)';

const flow: Rule<Request> = named('flow', () =>
  either(
    phrase(`{thing} [always] ${GOES} {ways}`, { thing, ways }, ({ thing: of, ways: all }, { lookup }) =>
      flowing(lookup.model, { entity: of }, all),
    ),
    phrase(`{field} [always] ${GOES} {ways}`, { field: fieldRef, ways }, ({ field, ways: all }, { lookup }) =>
      flowing(lookup.model, on(field), all),
    ),
    phrase(
      `{thing} ${GOES} through [(the states|the steps|the stages)] {names} [in this order]`,
      { thing, names: listOf('states gone through', state, '[,] (and|and then|then)', 2) },
      ({ thing: of, names }, { lookup }) => flowing(lookup.model, { entity: of }, [names.map((name) => [name])]),
    ),
    phrase(
      '{thing} (is first|are first|first is|starts as|start as|begins as|begin as|starts out as) {first} {rest}',
      { thing, first: state, rest: thens },
      ({ thing: of, first, rest }, { lookup }) => flowing(lookup.model, { entity: of }, [[[first], ...rest]]),
    ),
  ),
);
const on = ({ owner, field }: FieldRef): { readonly entity: string; readonly field?: string; readonly list?: string } => ({
  ...owner,
  field,
});

const GO = '(go|move|pass|be moved|be brought|be taken)';
const STEP = '(step|way|transition|move)';
const steps: Rule<Request> = named('steps', () =>
  either(
    phrase(
      `{thing} (can|may|could|should|shall) [also] ${GO} from {from} to {to}`,
      { thing, from: states, to: state },
      ({ thing: of, from, to }, { lookup }) => stepping(lookup.model, 'addWay', of, from, to),
    ),
    phrase(
      `(add|allow) (a|another|the) [further] ${STEP} from {from} to {to} (to|for|of) {thing}`,
      { from: states, to: state, thing },
      ({ from, to, thing: of }, { lookup }) => stepping(lookup.model, 'addWay', of, from, to),
    ),
    phrase(
      `{thing} ((can|may) no longer|cannot|can not|may not|must not|must no longer) ${GO} from {from} to {to} [any more]`,
      { thing, from: states, to: state },
      ({ thing: of, from, to }, { lookup }) => stepping(lookup.model, 'removeWay', of, from, to),
    ),
    phrase(
      `(remove|drop|delete) the ${STEP} from {from} to {to} (of|from|for) {thing}`,
      { from: states, to: state, thing },
      ({ from, to, thing: of }, { lookup }) => stepping(lookup.model, 'removeWay', of, from, to),
    ),
  ),
);

const MAY = '(can|may|is allowed to|are allowed to|shall)';
const MOVE = '(move|bring|take|put)';
const BY = '(when|if|once|while|as long as|provided that)';
const rights: Rule<Request> = named('who takes a step', () =>
  either(
    phrase(
      `only {roles} ${MAY} ${MOVE} {thing} from {from} to {to}`,
      { roles, thing, from: states, to: state },
      ({ roles: by, thing: of, from, to }, { lookup }) => stepFor(lookup.model, of, from, to, by),
    ),
    phrase(`only {roles} ${MAY} ${MOVE} {thing} to {to}`, { roles, thing, to: state }, ({ roles: by, thing: of, to }, { lookup }) =>
      stepFor(lookup.model, of, [], to, by),
    ),
  ),
);
const guards: Rule<Request> = named('when a step is taken', () =>
  either(
    phrase(
      `{thing} (can|may|could) only be {done} ${BY} {when}`,
      { thing, done, when: whenClauses },
      ({ thing: of, done: to, when }, { lookup }) => stepWhen(lookup.model, of, [], to, when),
    ),
    phrase(
      `{thing} (can|may|could) be {done} ${BY} {when}`,
      { thing, done, when: whenClauses },
      ({ thing: of, done: to, when }, { lookup }) => withoutOnly(stepWhen(lookup.model, of, [], to, when), to),
    ),
    phrase(
      `{thing} (can|may|could) be {done} only ${BY} {when}`,
      { thing, done, when: whenClauses },
      ({ thing: of, done: to, when }, { lookup }) => stepWhen(lookup.model, of, [], to, when),
    ),
    phrase(
      `{thing} (can|may|could) only ${GO} from {from} to {to} ${BY} {when}`,
      { thing, from: states, to: state, when: whenClauses },
      ({ thing: of, from, to, when }, { lookup }) => stepWhen(lookup.model, of, from, to, when),
    ),
    phrase(
      `{thing} (can|may|could) only ${GO} to {to} ${BY} {when}`,
      { thing, to: state, when: whenClauses },
      ({ thing: of, to, when }, { lookup }) => stepWhen(lookup.model, of, [], to, when),
    ),
  ),
);

/** A further case, or the only one? */
const withoutOnly = (meant: Request | Problem | undefined, to: string): Problem | undefined =>
  meant === undefined || meant instanceof Problem
    ? undefined
    : new Problem(`What is asked of it is said with "only": "... can only be ${labelOf(to)} when ...".`, undefined, true);

type Unit = 'minutes' | 'hours' | 'days';
interface Long {
  readonly count: number;
  readonly unit: Unit;
}
const long: Rule<Long> = named('how long', () =>
  either(
    phrase('{n} (minute|minutes)', { n: wholeNumber }, ({ n }): Long => ({ count: n, unit: 'minutes' })),
    phrase('{n} (hour|hours)', { n: wholeNumber }, ({ n }): Long => ({ count: n, unit: 'hours' })),
    phrase('{n} (day|days)', { n: wholeNumber }, ({ n }): Long => ({ count: n, unit: 'days' })),
    phrase('{n} (week|weeks)', { n: wholeNumber }, ({ n }): Long => ({ count: 7 * n, unit: 'days' })),
    said('an hour', { count: 1, unit: 'hours' } as Long),
    said('a day', { count: 1, unit: 'days' } as Long),
    said('a week', { count: 7, unit: 'days' } as Long),
  ),
);
const BECOMES = '(is|are|becomes|become|gets|shall be|should be|must be|will be) [then] [automatically]';
const lapse: Rule<Request> = named('what the clock does', () =>
  either(
    phrase(
      `{thing} (that|which) (has been|have been|is|are|was|were|stays|stay) [still] {from} for {long} ${BECOMES} {to} [(by itself|by themselves|automatically)]`,
      { thing, from: done, long, to: done },
      ({ thing: of, from, long: time, to }, { lookup }) => lapsing(lookup.model, of, from, to, time.count, time.unit),
    ),
    phrase(
      `after {long} [,] [(a|an|each|every|all|any)] {from} {entity} ${BECOMES} {to}`,
      { long, from: done, entity: entry('entity'), to: done },
      ({ long: time, from, entity, to }, { lookup }) => lapsing(lookup.model, entity.entity, from, to, time.count, time.unit),
    ),
    phrase(
      `[(a|an|each|every|all|any)] {from} {entity} ${BECOMES} {to} after {long}`,
      { from: done, entity: entry('entity'), to: done, long },
      ({ from, entity, to, long: time }, { lookup }) => lapsing(lookup.model, entity.entity, from, to, time.count, time.unit),
    ),
    phrase(
      `{thing} ${BECOMES} {to} [,] (when|once|if|as soon as) (it|they) (has been|have been|is|are) {from} for {long}`,
      { thing, to: done, from: done, long },
      ({ thing: of, to, from, long: time }, { lookup }) => lapsing(lookup.model, of, from, to, time.count, time.unit),
    ),
  ),
);

const WAS = '(it|they) (was|were|is|are|has been|have been)';
const never: Rule<Request> = named('what is never', () =>
  either(
    phrase(
      `{thing} ((must|can|may|should|shall) never be|(is|are) never|cannot be|can not be|must not be|may not be) {reach} before ${WAS} {was}`,
      { thing, reach: done, was: done },
      ({ thing: of, reach, was }, { lookup }) => neverBeing(lookup.model, of, reach, 'without', was),
    ),
    phrase(
      `{thing} ((must|can|may|should|shall) never be|(is|are) never|cannot be|can not be|must not be|may not be) {reach} (after|once) ${WAS} {was}`,
      { thing, reach: done, was: done },
      ({ thing: of, reach, was }, { lookup }) => neverBeing(lookup.model, of, reach, 'after', was),
    ),
  ),
);
const stop: Rule<Request> = named('stop a flow', () =>
  either(
    phrase('(remove|drop|delete|stop) the workflow (of|for|from) {thing}', { thing }, ({ thing: of }, { lookup }) =>
      stopping(lookup.model, of),
    ),
    phrase('{thing} no longer (has|have|follows|follow|needs|need) a workflow', { thing }, ({ thing: of }, { lookup }) =>
      stopping(lookup.model, of),
    ),
  ),
);
export const workflows: Rule<Request> = either(flow, steps, rights, guards, lapse, never, stop);
