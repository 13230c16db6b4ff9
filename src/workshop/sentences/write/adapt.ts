/**
 * Earlier examples stay in force. Where a request changes what they are written in (a name, a field that must now be
 * given) they are rewritten to say the same; where it changes what they expect (a further discount), the new
 * expectation is worked out from the request. Anything else that contradicts them is left to the gates.
 */
import type { Json, JsonObject } from '#kernel';
import { entityNamed, type Example, type ExampleStep, fieldNamed, type ReadTests, type SystemModel, transitionsOf } from '#model';
import { beforeDiscount, totalOf } from '../effect/rules.ts';
import type { Owner, Request, RequestOf } from '../request.ts';
import { rowOf } from '../resolve.ts';
import type { Draft } from '../expect.ts';
import { operationName } from './component-names.ts';
import { type Drafting, drafting, fieldOfDraft, jsonOf, sampleItem, sampleValue, stepsOf } from './drafts.ts';
import { discountOf } from './rule-examples.ts';
import { compare, decimal, minus, rounded, textOf } from './numbers.ts';

export function adapt(model: SystemModel, tests: ReadTests, request: Request): ReadTests {
  switch (request.act) {
    case 'renameField':
      return eachExample(tests, (example) => mapRows(model, example, request.owner, (row) => renamedKey(row, request.field, request.to)));
    case 'removeField':
      return eachExample(tests, (example) => mapRows(model, example, request.owner, (row) => withoutKey(row, request.field)));
    case 'setRequired':
      return request.required ? eachExample(tests, (example) => required(model, example, request.owner, request.field)) : tests;
    case 'addFields':
      return request.fields
        .filter((field) => field.required === true && field.default === undefined)
        .reduce((made, field) => eachExample(made, (example) => required(model, example, request.owner, field.name)), tests);
    case 'restrict':
      return eachExample(tests, (example) => calledBy(example, request));
    case 'allow':
      return eachExample(withoutImpossible(model, tests, request), (example) => byOperation(model, example, request));
    case 'limit':
      return request.left.is === 'aggregate' && request.by === 'atLeast'
        ? eachExample(tests, (example) => withItems(model, example, request))
        : tests;
    case 'discount':
      return eachExample(tests, (example) => discounted(model, example, request));
    default:
      return tests;
  }
}
/** Examples of rows that were never in the first state, where every other state is now reached from it alone. */
function withoutImpossible(model: SystemModel, tests: ReadTests, request: RequestOf<'allow'>): ReadTests {
  if (directState(model, request) !== undefined) return tests;
  const examples = tests.examples.filter(
    (example) =>
      !(
        /\bnever\b/.test(example.name) &&
        example.steps.some((step) => 'create' in step && step.create === request.entity && step.with[request.field] === request.to)
      ),
  );
  return examples.length === tests.examples.length ? tests : { ...tests, examples };
}
const eachExample = (tests: ReadTests, change: (example: Example) => Example): ReadTests => {
  const examples = tests.examples.map(change);
  return examples.every((example, index) => example === tests.examples[index]) ? tests : { ...tests, examples };
};
const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entity of each step's row: known from its create, by its name afterwards. */
function entitiesOf(model: SystemModel, example: Example): ReadonlyMap<string, string> {
  return new Map(
    example.steps.flatMap((step) =>
      'create' in step && step.as !== undefined
        ? [[step.as, step.create] as const]
        : 'call' in step && step.as !== undefined
          ? [[step.as, answeredBy(model, step.call)] as const]
          : [],
    ),
  );
}
/** The entity whose row an operation answers with. */
function answeredBy(model: SystemModel, call: string): string {
  const output = model.operations.find((each) => each.name === call)?.output;
  return output !== null && output !== undefined && 'row' in output
    ? (model.entities.find((entity) => entity.id === output.row)?.name ?? '')
    : '';
}
const entityOfStep = (model: SystemModel, step: ExampleStep, named: ReadonlyMap<string, string>): string | undefined =>
  'call' in step
    ? answeredBy(model, step.call)
    : 'create' in step
      ? step.create
      : 'update' in step
        ? named.get(step.update)
        : 'read' in step
          ? named.get(step.read)
          : undefined;

function mapRows(model: SystemModel, example: Example, owner: Owner, change: (row: JsonObject) => JsonObject): Example {
  const named = entitiesOf(model, example);
  const inside = (row: Json | undefined): Json | undefined => {
    if (!isObject(row) || typeof row['refused'] === 'string') return row;
    if (owner.list === undefined) return change(row);
    const items = row[owner.list];
    return Array.isArray(items) ? { ...row, [owner.list]: items.map((item: Json) => (isObject(item) ? change(item) : item)) } : row;
  };
  let touched = false;
  const steps = example.steps.map((step): ExampleStep => {
    if (entityOfStep(model, step, named) !== owner.entity) return step;
    const next = {
      ...step,
      ...('with' in step && !('call' in step) ? { with: inside(step.with) } : {}),
      ...('then' in step ? { then: inside(step.then as Json) } : {}),
    } as ExampleStep;
    if (JSON.stringify(next) !== JSON.stringify(step)) touched = true;
    return next;
  });
  return touched ? { ...example, steps } : example;
}
const renamedKey = (row: JsonObject, from: string, to: string): JsonObject =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key === from ? to : key, value]));
const withoutKey = (row: JsonObject, key: string): JsonObject => Object.fromEntries(Object.entries(row).filter(([name]) => name !== key));

/** Creates that are expected to work, and leave out what must now be given, are given it. */
function required(model: SystemModel, example: Example, owner: Owner, field: string): Example {
  const found = fieldNamed(rowOf(model, owner)?.fields ?? [], field);
  if (found === undefined || found.type.kind === 'reference' || found.type.kind === 'list' || found.default !== undefined) return example;
  let count = 0;
  let touched = false;
  const filled = (row: JsonObject): JsonObject => {
    if (row[field] !== undefined) return row;
    count += 1;
    touched = true;
    return { ...row, [field]: sampleValue(found, count, 'given') ?? null };
  };
  const steps = example.steps.map((step): ExampleStep => {
    if (
      !('create' in step) ||
      step.create !== owner.entity ||
      (isObject(step.then as Json) && typeof (step.then as JsonObject)['refused'] === 'string')
    )
      return step;
    if (owner.list === undefined) return { ...step, with: filled(step.with) };
    const items = step.with[owner.list];
    return Array.isArray(items)
      ? { ...step, with: { ...step.with, [owner.list]: items.map((item: Json) => (isObject(item) ? filled(item) : item)) } }
      : step;
  });
  return touched ? { ...example, steps } : example;
}

/** Calls by whoever may no longer call are made by someone who may. */
function calledBy(example: Example, request: RequestOf<'restrict'>): Example {
  const role = request.roles[0];
  let touched = false;
  const steps = example.steps.map((step): ExampleStep => {
    if (
      !('call' in step) ||
      step.call !== request.operation ||
      role === undefined ||
      (step.by !== undefined && request.roles.includes(step.by))
    )
      return step;
    if (isObject(step.then as Json) && (step.then as JsonObject)['refused'] === 'forbidden') return step;
    touched = true;
    return { ...step, by: role };
  });
  return touched ? { ...example, steps } : example;
}
/** Another state that is not the first and that no operation keeps for itself. */
function directState(model: SystemModel, request: RequestOf<'allow'>): string | undefined {
  const entity = entityNamed(model, request.entity);
  const field = fieldNamed(entity?.fields ?? [], request.field);
  if (entity === undefined || field?.type.kind !== 'choice') return undefined;
  const kept = new Set(transitionsOf(model, entity.id).map((each) => each.transition?.to));
  return field.type.choices.slice(1).find((choice) => !kept.has(choice.id))?.name;
}
/** A state that an operation alone may set now is set by it. An example of a row that was never in the first state is given another one, or is gone with such rows. */
function byOperation(model: SystemModel, example: Example, request: RequestOf<'allow'>): Example {
  const name = operationName(model, request);
  const named = entitiesOf(model, example);
  const role = request.roles[0];
  let touched = false;
  const before = request.from[0];
  const direct = directState(model, request);
  const steps = example.steps.flatMap((step): ExampleStep | ExampleStep[] => {
    const refused = 'then' in step && isObject(step.then as Json) && typeof (step.then as JsonObject)['refused'] === 'string';
    if (
      direct !== undefined &&
      /\bnever\b/.test(example.name) &&
      'create' in step &&
      step.create === request.entity &&
      step.with[request.field] === request.to &&
      !refused
    ) {
      touched = true;
      return { ...step, with: { ...step.with, [request.field]: direct } };
    }
    if (
      name !== undefined &&
      before !== undefined &&
      'create' in step &&
      step.create === request.entity &&
      step.with[request.field] === request.to &&
      !refused
    ) {
      touched = true;
      const as = step.as ?? 'row';
      const { then, ...making } = step;
      return [
        { ...making, as, with: { ...step.with, [request.field]: before } },
        { call: name, on: as, ...(role === undefined ? {} : { by: role }), ...(then === undefined ? {} : { then }) },
      ];
    }
    if (
      name === undefined ||
      !('update' in step) ||
      named.get(step.update) !== request.entity ||
      step.with[request.field] !== request.to ||
      Object.keys(step.with).length !== 1
    )
      return step;
    touched = true;
    return {
      call: name,
      on: step.update,
      ...(role === undefined ? {} : { by: role }),
      ...(step.then === undefined ? {} : { then: step.then }),
    };
  });
  return touched ? { ...example, steps } : example;
}
/** Rows that are expected to be kept, and have no items where one must be, are given one. */
function withItems(model: SystemModel, example: Example, request: RequestOf<'limit'>): Example {
  const name = request.left.is === 'aggregate' ? request.left.over.list : undefined;
  const list = fieldNamed(entityNamed(model, request.entity)?.fields ?? [], name ?? '');
  if (name === undefined || list === undefined || request.where.length > 0) return example;
  const d = drafting(model);
  let touched = false;
  const steps = example.steps.flatMap((step): readonly ExampleStep[] => {
    if (!('create' in step) || step.create !== request.entity || step.with[name] !== undefined) return [step];
    if (isObject(step.then as Json) && typeof (step.then as JsonObject)['refused'] === 'string') return [step];
    touched = true;
    const draft: Draft = { entity: request.entity, name: 'row', values: {}, refs: {}, lists: {}, known: {}, related: [] };
    const item = sampleItem(d, draft, list);
    const before = Object.values(item.refs).flatMap((row) => stepsOf(row));
    return [...before, { ...step, with: { ...step.with, [name]: [jsonOf(item)] } }];
  });
  return touched ? { ...example, steps } : example;
}
/** A total that an earlier example expects is lower where this discount is larger than the one it knew. */
function discounted(model: SystemModel, example: Example, request: RequestOf<'discount'>): Example {
  const row = rowOf(model, { entity: request.entity });
  const total = row === undefined ? undefined : totalOf(model, row)?.name;
  if (total === undefined || row === undefined) return example;
  const d = drafting(model);
  const drafts = draftsOf(d, example);
  const named = entitiesOf(model, example);
  const conditions = request.where.map((condition) => beforeDiscount(condition, total));
  const latest = new Map<string, Draft>();
  let touched = false;
  const steps = example.steps.map((step): ExampleStep => {
    const name = 'create' in step ? step.as : 'read' in step ? step.read : undefined;
    const entity = entityOfStep(model, step, named);
    const draft = name === undefined ? undefined : (drafts.get(name) ?? latest.get(name));
    const then = 'then' in step ? step.then : undefined;
    if (entity !== request.entity || draft === undefined || !isObject(then as Json) || then === undefined) return step;
    const answer = then as JsonObject;
    const old = typeof answer['discount'] === 'string' ? answer['discount'] : '0.00';
    const shown = typeof answer[total] === 'string' ? answer[total] : undefined;
    const before =
      typeof answer['subtotal'] === 'string'
        ? answer['subtotal']
        : shown === undefined
          ? undefined
          : textOf(rounded(minus(decimal(shown), decimal(`-${old}`.replace('--', ''))), 2));
    if (before === undefined || (typeof draft.values['status'] === 'string' && !isFirst(row.fields, draft.values['status']))) return step;
    draft.known['subtotal'] = before;
    const off = discountOf(d, draft, request, conditions, before);
    if (compare(decimal(off), decimal(old)) <= 0) return step;
    touched = true;
    const next = {
      ...answer,
      ...(answer['discount'] === undefined ? {} : { discount: off }),
      ...(shown === undefined ? {} : { [total]: textOf(rounded(minus(decimal(before), decimal(off)), 2)) }),
    };
    return { ...step, then: next } as ExampleStep;
  });
  return touched ? { ...example, steps } : example;
}
const isFirst = (fields: readonly { readonly type: { readonly kind: string } }[], value: string): boolean =>
  fields.some(
    (field) =>
      field.type.kind === 'choice' &&
      (field.type as { readonly choices?: readonly { readonly name: string }[] }).choices?.[0]?.name === value,
  );

/** The rows of an example as drafts, references resolved. */
function draftsOf(d: Drafting, example: Example): ReadonlyMap<string, Draft> {
  const made = new Map<string, Draft>();
  for (const step of example.steps) {
    if (!('create' in step) || step.as === undefined || entityNamed(d.model, step.create) === undefined) continue;
    const draft: Draft = { entity: step.create, name: step.as, values: {}, refs: {}, lists: {}, known: {}, related: [] };
    for (const [key, value] of Object.entries(step.with)) {
      const field = fieldOfDraft(d, draft, key);
      const target = typeof value === 'string' ? made.get(value) : undefined;
      if (field?.type.kind === 'reference' && target !== undefined) draft.refs[key] = target;
      else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') draft.values[key] = value;
    }
    made.set(step.as, draft);
  }
  return made;
}
