/**
 * Earlier examples stay in force. Where a request changes what they are written in (a name, a field that must now be
 * given) they are rewritten to say the same; where it changes what they expect (a further discount), the new
 * expectation is worked out from the request. Anything else that contradicts them is left to the gates.
 */
import type { Field, Json, JsonObject } from '#kernel';
import {
  entityNamed,
  type Example,
  type ExampleStep,
  fieldNamed,
  pathOf,
  type ReadTests,
  type SystemModel,
  testPathOf,
  transitionsOf,
} from '#model';
import { beforeDiscount, otherDiscounts } from '../effect/rules.ts';
import type { Owner, Request, RequestOf } from '../request.ts';
import { discountParts, rowOf } from '../resolve.ts';
import type { Draft } from '../expect.ts';
import { labelOf } from '../names.ts';
import { operationName } from './component-names.ts';
import { type Drafting, drafting, EXAMPLE_DAY, fieldOfDraft, jsonOf, sampleItem, sampleValue, stepsOf } from './drafts.ts';
import { blank, draftsOf, entitiesOf, entityOfStep, isObject, isRefused } from './example-rows.ts';
import { approved, fitted, overLimit, recounted, violates, withinBounds } from './refit.ts';
import { inSight, metForCallers, openedForCallers } from './in-sight.ts';
import { shownAgain } from './shown-again.ts';
import { alongFlow } from './along-flow.ts';
import { discountOf } from './rule-examples.ts';
import { compare, decimal, minus, rounded, textOf } from './numbers.ts';
import { played } from './played.ts';

export function adapt(model: SystemModel, tests: ReadTests, request: Request): ReadTests {
  switch (request.act) {
    case 'renameField':
      return eachExample(tests, (example) => mapRows(model, example, request.owner, (row) => renamedKey(row, request.field, request.to)));
    case 'removeField':
      return eachExample(withoutPoint(tests, request), (example) =>
        mapRows(model, example, request.owner, (row) => withoutKey(row, request.field)),
      );
    case 'removeChoice':
      return without(tests, (example) => rowsGiven(example, request.owner).some((row) => row[request.field] === request.choice));
    case 'setRequired':
      return request.required
        ? eachExample(
            without(tests, (example) => leavesOut(example, request.owner, request.field)),
            (example) => fitted(model, recounted(model, required(model, example, request.owner, request.field))),
          )
        : without(tests, (example) => refusedForWant(example, request));
    case 'addFields':
      return request.fields
        .filter((field) => field.required === true && field.default === undefined)
        .reduce((made, field) => eachExample(made, (example) => required(model, example, request.owner, field.name)), tests);
    case 'restrict':
      return eachExample(tests, (example) => calledBy(example, request));
    case 'allow':
      return without(
        eachExample(
          without(withoutImpossible(model, goingAlong(model, tests), request), (example) => otherStates(model, example, request)),
          (example) => {
            const name = operationName(model, request);
            const made = fitted(model, byOperation(model, example, request));
            return name === undefined || request.roles.length === 0 ? made : calledBy(made, { operation: name, roles: request.roles });
          },
        ),
        (example) => example.change !== undefined && violates(model, example),
      );
    case 'limit':
      return request.left.is === 'aggregate' && request.by === 'atLeast'
        ? eachMaking(tests, request.entity, (example) => recounted(model, withItems(model, example, request)))
        : eachMaking(tests, request.entity, (example) => fitted(model, example));
    case 'setBounds':
      return without(
        eachMaking(tests, request.owner.entity, (example) => withinBounds(model, example, request)),
        (example) => example.change !== undefined && example.name.includes('beyond its limit') && !overLimit(model, example),
      );
    case 'approval':
      return eachMaking(tests, request.entity, (example) => approved(model, example, request));
    case 'access':
      return access(model, tests, request);
    case 'discount':
      return eachMaking(tests, request.entity, (example) => recounted(model, discounted(model, example, request), request.entity));
    case 'flow':
    case 'addWay':
    case 'removeWay':
    case 'wayBy':
    case 'wayWhen':
    case 'wayAfter':
      return goingAlong(model, tests);
    default:
      return tests;
  }
}
/** Where rows go by a workflow; of our own examples those go that expect what is no longer so. */
const goingAlong = (model: SystemModel, tests: ReadTests): ReadTests =>
  eachExample(
    without(tests, (example) => example.change !== undefined && alongFlow(model, example) === undefined),
    (example) => alongFlow(model, example) ?? example,
  );
/** What callers do in examples, they do with rows that they see; of our own examples those go for which there is no such row. */
function access(model: SystemModel, tests: ReadTests, request: RequestOf<'access'>): ReadTests {
  const judging = model.rules.some((rule) => rule.form === 'access' && testPathOf(pathOf('rule', rule.name)) === tests.path);
  const made = (example: Example): Example | undefined => {
    const opened = judging ? openedForCallers(example, request) : example;
    return opened === undefined ? undefined : metForCallers(model, opened, request);
  };
  return eachExample(
    without(tests, (example) => example.change !== undefined && made(example) === undefined),
    (example) => inSight(model, made(example) ?? example, judging),
  );
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
/** Only the examples in which rows of the entity are made, by themselves or by an operation. */
const eachMaking = (tests: ReadTests, entity: string, change: (example: Example) => Example): ReadTests =>
  eachExample(tests, (example) =>
    example.steps.some((step) => ('create' in step && step.create === entity) || 'call' in step) ? change(example) : example,
  );
const without = (tests: ReadTests, goes: (example: Example) => boolean): ReadTests => {
  const examples = tests.examples.filter((example) => !goes(example));
  return examples.length === tests.examples.length ? tests : { ...tests, examples };
};
/** The rows of the owner, or the items of its list, as the steps give them. */
const rowsGiven = (example: Example, owner: Owner): readonly JsonObject[] =>
  example.steps.flatMap((step) => {
    if (!('create' in step) || step.create !== owner.entity) return [];
    const items = owner.list === undefined ? [step.with] : step.with[owner.list];
    return Array.isArray(items) ? items.filter(isObject) : [];
  });
/** Rows that are made on purpose without what must now be given. */
const leavesOut = (example: Example, owner: Owner, field: string): boolean =>
  !example.steps.some(isRefused) && rowsGiven(example, owner).some((row) => row[field] === null);
/** Of our own examples the one that a row without the field is refused: it may go without from now on. */
const refusedForWant = (example: Example, { owner, field }: RequestOf<'setRequired'>): boolean =>
  example.change !== undefined &&
  example.steps.some(isRefused) &&
  example.name.endsWith(`without ${labelOf(field)} is refused`) &&
  rowsGiven(example, owner).some((row) => row[field] === undefined || row[field] === null);
/** What was refused for the sake of a field is not refused once the field is gone: such an example has no point any more. */
const withoutPoint = (tests: ReadTests, request: RequestOf<'removeField'>): ReadTests =>
  without(
    tests,
    (example) =>
      example.steps.some((step) => 'create' in step && step.create === request.owner.entity && step.then?.['refused'] === 'invalid') &&
      (rowsGiven(example, request.owner).some((row) => row[request.field] !== undefined) ||
        example.name.endsWith(`without ${labelOf(request.field)} is refused`)),
  );
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
      ...('was' in step ? { was: inside(step.was) } : {}),
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
    return { ...row, [field]: ample(found) ?? sampleValue(found, count, 'given') ?? null };
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

/** An amount that no limit of an earlier example comes near, where the bounds of the field allow it. */
const ample = (field: Field): string | undefined => (field.type.kind === 'money' && field.type.max === undefined ? '100000.00' : undefined);

/** Calls by whoever may no longer call are made by someone who may. */
function calledBy(example: Example, request: Pick<RequestOf<'restrict'>, 'operation' | 'roles'>): Example {
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
/** Examples of a state from which the operation now works, or no longer does: the new examples show what is so. */
function otherStates(model: SystemModel, example: Example, request: RequestOf<'allow'>): boolean {
  const name = operationName(model, request);
  const first = example.steps.find((step) => 'call' in step && step.call === name);
  if (first === undefined || !('call' in first)) return false;
  const made = example.steps.find((step) => 'create' in step && step.as === first.on);
  const calls = example.steps.filter((step) => 'call' in step && step.on === first.on);
  const state = made !== undefined && 'create' in made ? made.with[request.field] : undefined;
  if (typeof state !== 'string' || calls[0] !== first) return false;
  return (first.then?.['refused'] === 'state-forbids') === request.from.includes(state);
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
      // A state that a workflow does not lead to, or one that is not set directly: it still is not.
      (refused && ['invalid', 'conflict'].includes(String((step as { readonly then?: JsonObject }).then?.['refused']))) ||
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
    const draft = blank(request.entity, 'row');
    const item = sampleItem(d, draft, list);
    const before = Object.values(item.refs).flatMap((row) => stepsOf(row));
    return [...before, { ...step, with: { ...step.with, [name]: [jsonOf(item)] } }];
  });
  return touched ? { ...example, steps } : example;
}
/** A total that an earlier example expects is lower where this discount is larger than the one it knew. */
function discounted(model: SystemModel, example: Example, request: RequestOf<'discount'>): Example {
  const row = rowOf(model, { entity: request.entity });
  const parts = row === undefined ? undefined : discountParts(model, row);
  if (parts === undefined || row === undefined) return example;
  const { total, subtotal, discount } = parts;
  const d = drafting(model);
  const drafts = draftsOf(d, example);
  const named = entitiesOf(model, example);
  const conditions = request.where.map((condition) => beforeDiscount(condition, total, subtotal));
  const derived = fieldNamed(row.fields, discount)?.derived;
  const state = derived?.mode === 'fixed' ? derived.while : undefined;
  const lowered = new Map(
    [...drafts.values()].flatMap((draft) => {
      if (draft.entity !== request.entity) return [];
      const before = d.rules.before?.(draft, subtotal);
      const now = d.rules.before?.(draft, total);
      if (before === undefined || now === undefined) return [];
      const old = otherDiscounts(model, request).reduce(
        (most, other) => Math.max(most, Number(played(model, draft, other, EXAMPLE_DAY))),
        0,
      );
      const known = state === undefined || played(model, draft, state, EXAMPLE_DAY) === true ? old : 0;
      return [
        [draft.name, { draft, from: textOf(minus(decimal(String(before)), { units: BigInt(known), scale: 2 })), to: String(now) }] as const,
      ];
    }),
  );
  let touched = false;
  const steps = example.steps.map((step): ExampleStep => {
    if ('show' in step) {
      const then = step.then.map((expected) => shownAgain(expected, [...lowered.values()]));
      if (JSON.stringify(then) === JSON.stringify(step.then)) return step;
      touched = true;
      return { ...step, then };
    }
    const name = 'create' in step ? step.as : 'read' in step ? step.read : undefined;
    const entity = entityOfStep(model, step, named);
    const draft = 'call' in step && step.on === undefined ? rowOfCall(d, drafts, request.entity, step) : drafts.get(name ?? '');
    const then = 'then' in step ? step.then : undefined;
    if (entity !== request.entity || draft === undefined || !isObject(then as Json) || then === undefined) return step;
    const answer = then as JsonObject;
    const old = typeof answer[discount] === 'string' ? answer[discount] : '0.00';
    const shown = typeof answer[total] === 'string' ? answer[total] : undefined;
    const before =
      typeof answer[subtotal] === 'string'
        ? answer[subtotal]
        : shown === undefined
          ? undefined
          : textOf(rounded(minus(decimal(shown), decimal(`-${old}`.replace('--', ''))), 2));
    if (before === undefined || (typeof draft.values['status'] === 'string' && !isFirst(row.fields, draft.values['status']))) return step;
    draft.known[subtotal] = before;
    const off = discountOf(d, draft, request, conditions, before);
    if (compare(decimal(off), decimal(old)) <= 0) return step;
    touched = true;
    const next = {
      ...answer,
      ...(answer[discount] === undefined ? {} : { [discount]: off }),
      ...(shown === undefined ? {} : { [total]: textOf(rounded(minus(decimal(before), decimal(off)), 2)) }),
    };
    return { ...step, then: next } as ExampleStep;
  });
  return touched ? { ...example, steps } : example;
}
/** What an operation that makes such a row was told of it. */
function rowOfCall(
  d: Drafting,
  drafts: ReadonlyMap<string, Draft>,
  entity: string,
  step: Extract<ExampleStep, { readonly call: string }>,
): Draft {
  const draft = blank(entity, 'called');
  for (const [key, value] of Object.entries(step.with ?? {})) {
    const target = typeof value === 'string' ? drafts.get(value) : undefined;
    if (fieldOfDraft(d, draft, key)?.type.kind === 'reference' && target !== undefined) draft.refs[key] = target;
  }
  return draft;
}
const isFirst = (fields: readonly { readonly type: { readonly kind: string } }[], value: string): boolean =>
  fields.some(
    (field) =>
      field.type.kind === 'choice' &&
      (field.type as { readonly choices?: readonly { readonly name: string }[] }).choices?.[0]?.name === value,
  );
