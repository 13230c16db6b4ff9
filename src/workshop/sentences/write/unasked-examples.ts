/**
 * Examples of reactions and jobs: what happens where all conditions are met, that nothing happens where it was so before, and that
 * nothing happens for each condition that is just missed. Expected values follow from the request alone.
 */
import type { Field, Json, JsonObject } from '#kernel';
import { entityById, entityNamed, type ExampleStep, operationNamed } from '#model';
import { transitionTo } from '../echo/transition-to.ts';
import { unaskedNames } from '../effect/unasked.ts';
import { type Draft, valueAt } from '../expect.ts';
import { articleFor } from '../inflection.ts';
import { labelOf } from '../names.ts';
import type { Condition, Deed, Given, RequestOf } from '../request.ts';
import { wayToState } from './action-examples.ts';
import { type Drafting, EXAMPLE_DAY, fieldOfDraft, giveSample, sampleRow, sampleValue, stepsOf } from './drafts.ts';
import { literalValue, type Named } from './field-examples.ts';
import { make, makeAll } from './meeting.ts';
import { jsonValue } from './rule-examples.ts';

type Unasked = RequestOf<'react'> | RequestOf<'schedule'>;
interface Scene {
  readonly draft: Draft;
  /** Operations that bring rows to where they must be. */
  readonly calls: readonly ExampleStep[];
}
const one = (name: string): string => `${articleFor(labelOf(name))} ${labelOf(name)}`;

export function reactionExamples(d: Drafting, request: RequestOf<'react'>): readonly Named[] {
  const name = unaskedNames(d.model, request).at(-1);
  if (name === undefined) return [];
  const made: Named[] = [];
  const add = (what: string, scene: Scene | undefined, was: JsonObject | undefined, done: boolean): void => {
    if (scene === undefined) return;
    const react: ExampleStep = { react: name, on: scene.draft.name, ...(was === undefined ? {} : { was }) };
    made.push({
      name: what,
      steps: [{ today: EXAMPLE_DAY }, ...stepsOf(scene.draft), ...scene.calls, react, ...shown(d, request.deeds, scene, done)],
    });
  };
  const before = request.trigger.is === 'created' ? undefined : wasBefore(d, request);
  add(`${labelOf(name)}: it is done`, sceneOf(d, request), before, true);
  if (before !== undefined) add(`${labelOf(name)}: not for ${one(request.entity)} that was so before`, sceneOf(d, request), {}, false);
  for (const broken of request.where)
    add(`${labelOf(name)}: not for any other ${labelOf(request.entity)}`, sceneOf(d, request, broken), before, false);
  return made;
}
export function jobExamples(d: Drafting, request: RequestOf<'schedule'>): readonly Named[] {
  const name = unaskedNames(d.model, request).at(-1);
  if (name === undefined) return [];
  const made: Named[] = [];
  const add = (what: string, scene: Scene | undefined, done: boolean): void => {
    if (scene === undefined) return;
    const run: ExampleStep = { run: name, at: instantOn(EXAMPLE_DAY, request.timeZone) };
    made.push({
      name: what,
      steps: [{ today: EXAMPLE_DAY }, ...stepsOf(scene.draft), ...scene.calls, run, ...shown(d, request.deeds, scene, done)],
    });
  };
  add(`${labelOf(name)}: it is done`, sceneOf(d, request), true);
  for (const broken of request.where)
    add(`${labelOf(name)}: not for any other ${labelOf(request.entity)}`, sceneOf(d, request, broken), false);
  return made;
}
/** An instant that falls on that day in the time zone. */
function instantOn(day: string, timeZone: string): string {
  const dayThere = (at: string): string => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(at));
  const hours = ['12', '00', '23'].map((hour) => `${day}T${hour}:00:00Z`);
  return hours.find((at) => dayThere(at) === day) ?? `${day}T12:00:00Z`;
}

function sceneOf(d: Drafting, request: Unasked, broken?: Condition): Scene | undefined {
  const draft = sampleRow(d, request.entity);
  const calls: ExampleStep[] = [];
  const trigger = request.act === 'react' && request.trigger.is === 'becomes' ? request.trigger.condition : undefined;
  // What is done must be seen: before it the value is another.
  for (const deed of request.deeds) if (!another(d, request, draft, deed, calls)) return undefined;
  if (!makeAll(d, draft, request.where, broken)) return undefined;
  if (trigger?.is === 'choice' && trigger.not !== true) {
    const field = trigger.path[0] ?? '';
    const reached = wayToState(d, request.entity, field, trigger.among[0] ?? '');
    if (reached === undefined) return undefined;
    draft.values[field] = reached.start;
    calls.push(...reached.operations.map((operation) => called(operation.name, draft.name, operation.roles[0])));
  } else if (trigger !== undefined && !make(d, draft, trigger, true)) return undefined;
  if (request.act === 'react' && request.trigger.is === 'changes' && draft.values[request.trigger.field] === undefined) {
    const field = fieldOfDraft(d, draft, request.trigger.field);
    if (field !== undefined) giveSample(d, draft, field);
  }
  return { draft, calls };
}
const called = (call: string, on: string, by: string | undefined): ExampleStep => ({ call, on, ...(by === undefined ? {} : { by }) });

/** The row that a deed is done to. */
function rowOfDeed(d: Drafting, draft: Draft, on: readonly string[]): Draft | undefined {
  const [reference] = on;
  if (reference === undefined) return draft;
  const field = fieldOfDraft(d, draft, reference);
  if (field === undefined) return undefined;
  giveSample(d, draft, field);
  return draft.refs[reference];
}
function another(d: Drafting, request: Unasked, draft: Draft, deed: Deed, calls: ExampleStep[]): boolean {
  if (deed.is === 'create') {
    for (const { value } of deed.values) {
      const field = typeof value === 'object' && 'field' in value ? fieldOfDraft(d, draft, value.field) : undefined;
      if (field !== undefined && field.derived === undefined && field.type.kind !== 'list' && draft.values[field.name] === undefined)
        giveSample(d, draft, field);
    }
    return true;
  }
  const row = rowOfDeed(d, draft, deed.on);
  if (row === undefined) return false;
  if (deed.is === 'call') {
    const operation = operationNamed(d.model, deed.operation);
    const entity = operation?.on === undefined ? undefined : entityById(d.model, operation.on);
    const field = entity?.fields.find((each) => each.id === operation?.transition?.field);
    if (entity === undefined || field?.type.kind !== 'choice') return false;
    const { choices } = field.type;
    const from = operation?.transition?.from.flatMap((id) => choices.find((choice) => choice.id === id)?.name ?? []) ?? [];
    const own = deed.on.length === 0 ? wanted(request, field.name) : undefined;
    const start = own ?? from[0];
    const reached = start === undefined ? undefined : wayToState(d, entity.name, field.name, start);
    if (reached === undefined || (own !== undefined && !from.includes(own))) return false;
    if (own !== undefined) return true;
    row.values[field.name] = reached.start;
    calls.push(...reached.operations.map((operation_) => called(operation_.name, row.name, operation_.roles[0])));
    return true;
  }
  const field = fieldOfDraft(d, row, deed.field);
  if (field === undefined) return false;
  const value = typeof deed.value === 'object' && 'literal' in deed.value ? literalValue(deed.value.literal) : undefined;
  if (field.type.kind === 'choice') {
    const other = field.type.choices.find(
      (choice) => choice.name !== value && wayToState(d, row.entity, field.name, choice.name)?.operations.length === 0,
    );
    if (other === undefined) return false;
    row.values[field.name] = other.name;
  } else if (field.type.kind === 'boolean') row.values[field.name] = value !== true;
  else if (field.type.kind !== 'reference') {
    const sample = sampleValue(field, 6, row.name);
    if (sample !== undefined) row.values[field.name] = sample;
  }
  return true;
}
/** The state that the request itself asks of the row. */
function wanted(request: Unasked, field: string): string | undefined {
  const conditions = [
    ...request.where,
    ...(request.act === 'react' && request.trigger.is === 'becomes' ? [request.trigger.condition] : []),
  ];
  for (const condition of conditions)
    if (condition.is === 'choice' && condition.not !== true && condition.path.length === 1 && condition.path[0] === field)
      return condition.among[0];
  return undefined;
}
/** What the row was before the change that the reaction is to. */
function wasBefore(d: Drafting, request: RequestOf<'react'>): JsonObject | undefined {
  const { trigger } = request;
  if (trigger.is === 'created') return undefined;
  const draft = sampleRow(d, request.entity);
  if (trigger.is === 'changes') {
    const field = fieldOfDraft(d, draft, trigger.field);
    const value = field === undefined ? undefined : sampleValue(field, 9, 'before');
    return value === undefined ? { [trigger.field]: null } : { [trigger.field]: value };
  }
  const { condition } = trigger;
  const path = condition.is === 'compare' ? (condition.left.is === 'field' ? condition.left.path : []) : condition.path;
  const name = path[0] ?? '';
  if (!make(d, draft, condition, false)) return {};
  return { [name]: (draft.values[name] ?? null) as Json };
}

/** What the rows show afterwards; or, where nothing is done, what they showed before. */
function shown(d: Drafting, deeds: readonly Deed[], { draft, calls }: Scene, done: boolean): readonly ExampleStep[] {
  const rows = new Map<string, { [field: string]: Json }>();
  const moved = calls.length > 0;
  const found: ExampleStep[] = [];
  for (const deed of deeds) {
    if (deed.is === 'create') {
      found.push(...createdStep(d, deed, draft, done));
      continue;
    }
    const row = rowOfDeed(d, draft, deed.on);
    if (row === undefined) continue;
    const then = rows.get(row.name) ?? {};
    rows.set(row.name, then);
    if (deed.is === 'call') {
      const operation = operationNamed(d.model, deed.operation);
      const entity = operation?.on === undefined ? undefined : entityById(d.model, operation.on);
      const field = entity?.fields.find((each) => each.id === operation?.transition?.field);
      if (field === undefined) continue;
      const is = done
        ? (transitionTo(d.model, deed.operation) ?? null)
        : stateBefore(deed, row, field, operation?.transition?.from[0], moved);
      if (is !== undefined) then[field.name] = is;
    } else {
      const value = done ? givenValue(d, draft, deed.value) : ((row.values[deed.field] ?? null) as Json);
      if (value !== undefined) then[deed.field] = value;
    }
  }
  return [...[...rows].map(([read, then]): ExampleStep => ({ read, then })), ...found];
}
/** The state that a row keeps where nothing is done to it; unknown where operations brought the row itself on its way. */
function stateBefore(deed: Deed, row: Draft, { name, type }: Field, from: string | undefined, moved: boolean): Json | undefined {
  if (deed.is === 'call' && deed.on.length > 0)
    return type.kind === 'choice' ? type.choices.find((choice) => choice.id === from)?.name : undefined;
  return moved ? undefined : (row.values[name] as Json | undefined);
}
function createdStep(d: Drafting, deed: Extract<Deed, { is: 'create' }>, draft: Draft, done: boolean): readonly ExampleStep[] {
  const entity = entityNamed(d.model, deed.entity);
  const values = Object.fromEntries(
    deed.values.flatMap(({ field, value }) => {
      const is = givenValue(d, draft, value);
      return is === undefined ? [] : [[field, is] as const];
    }),
  );
  const by: JsonObject = deed.via === undefined ? values : { [deed.via]: draft.name };
  if (entity === undefined || Object.keys(by).length === 0) return [];
  return [{ find: entity.name, with: by, then: done ? values : { refused: 'not-found' } }];
}
/** `undefined`: the id of a row, which no example knows. */
function givenValue(d: Drafting, draft: Draft, value: Given): Json | undefined {
  if (value === 'id') return undefined;
  if (value === 'today') return EXAMPLE_DAY;
  if ('literal' in value) return literalValue(value.literal);
  const reference = draft.refs[value.field];
  if (reference !== undefined) return reference.name;
  const is = valueAt(d.rules, draft, [value.field]);
  return is.is === 'absent' ? null : jsonValue(is);
}
