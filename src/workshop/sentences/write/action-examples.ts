/** Examples for actions: what they do from each state, for each role, and what they refuse. */
import type { JsonObject, OperationContract } from '#kernel';
import { entityNamed, type ExampleStep, fieldNamed, transitionsOf } from '#model';
import { verbOf } from '../effect/actions.ts';
import type { Draft } from '../expect.ts';
import { articleFor } from '../inflection.ts';
import { labelOf } from '../names.ts';
import type { RequestOf } from '../request.ts';
import { approvalsNeeded } from './approvals-needed.ts';
import { type Drafting, EXAMPLE_DAY, giveSample, fieldOfDraft, sampleItem, sampleRow, stepsOf } from './drafts.ts';
import { literalValue, type Named } from './field-examples.ts';

const one = (name: string): string => `${articleFor(labelOf(name))} ${labelOf(name)}`;
const needsToday = (request: unknown): readonly ExampleStep[] =>
  JSON.stringify(request).includes('"today"') ? [{ today: EXAMPLE_DAY }] : [];

export function actionExamples(d: Drafting, request: RequestOf<'allow'>): readonly Named[] {
  const entity = entityNamed(d.model, request.entity);
  const field = fieldNamed(entity?.fields ?? [], request.field);
  const operation =
    entity === undefined
      ? undefined
      : transitionsOf(d.model, entity.id).find(
          (each) => each.transition?.field === field?.id && nameOf(field, each.transition?.to) === request.to,
        );
  if (entity === undefined || field?.type.kind !== 'choice' || operation === undefined) return [];
  const choices = field.type.choices.map((choice) => choice.name);
  /** States that a plain create may set. */
  const direct = choices.filter((name) => !transitionsOf(d.model, entity.id).some((each) => nameOf(field, each.transition?.to) === name));
  const by = operation.roles[0];
  const call = (draft: Draft, then: JsonObject, role = by): ExampleStep => ({
    call: operation.name,
    on: draft.name,
    ...(role === undefined ? {} : { by: role }),
    then,
  });
  const made: Named[] = [];
  for (const from of request.from) {
    const found = withStock(d, request, from);
    if (found === undefined) continue;
    const { draft, before, after } = found;
    const sets = Object.fromEntries(
      request.effects.flatMap((effect) => (effect.is === 'set' ? [[effect.field, literalValue(effect.value)] as const] : [])),
    );
    made.push({
      name: `${one(request.entity)} that is ${labelOf(from)} can be ${labelOf(request.to)}`,
      steps: [
        ...needsToday(request),
        ...before,
        call(draft, { [request.field]: request.to, ...sets }),
        ...after,
        ...(request.from.includes(request.to) ? [] : [call(draft, { refused: 'state-forbids' }), ...after]),
      ],
    });
  }
  const [first] = request.from;
  for (const role of first === undefined ? [] : operation.roles.slice(1)) {
    const found = withStock(d, request, first ?? '');
    if (found !== undefined)
      made.push({
        name: `${one(role)} may ${labelOf(verbOf(request.to))} ${one(request.entity)}`,
        steps: [...needsToday(request), ...found.before, call(found.draft, { [request.field]: request.to }, role)],
      });
  }
  const wrong = direct.find((name) => !request.from.includes(name) && name !== request.to);
  const wrongly = wrong === undefined ? undefined : withStock(d, request, wrong);
  if (wrong !== undefined && wrongly !== undefined) {
    const { draft, before } = wrongly;
    made.push({
      name: `${one(request.entity)} that is ${labelOf(wrong)} cannot be ${labelOf(request.to)}`,
      steps: [...needsToday(request), ...before, call(draft, { refused: 'state-forbids' })],
    });
  }
  const start = request.from[0];
  const begun = start === undefined ? undefined : withStock(d, request, start);
  if (start !== undefined && begun !== undefined) {
    const { draft, before } = begun;
    made.push({
      name: `the ${labelOf(request.field)} of ${one(request.entity)} cannot be set to ${labelOf(request.to)} directly`,
      steps: [
        ...needsToday(request),
        ...before,
        { update: draft.name, with: { [request.field]: request.to }, then: { refused: 'invalid' } },
      ],
    });
    const stranger = d.model.settings.roles.find((role) => role.write && !operation.roles.includes(role.name));
    const own = operation.roles.length === 0 ? undefined : withStock(d, request, start);
    if (own !== undefined && stranger !== undefined) {
      made.push({
        name: `${one(stranger.name)} may not ${labelOf(verbOf(request.to))} ${one(request.entity)}`,
        steps: [...needsToday(request), ...own.before, call(own.draft, { refused: 'forbidden' }, stranger.name)],
      });
    }
  }
  return made;
}
const nameOf = (field: ReturnType<typeof fieldNamed>, id: string | undefined): string | undefined =>
  field?.type.kind === 'choice' ? field.type.choices.find((choice) => choice.id === id)?.name : undefined;

/** A row in a state, with two items where something happens to them; and what their rows show afterwards. */
function withStock(
  d: Drafting,
  request: RequestOf<'allow'>,
  state: string,
): { readonly draft: Draft; readonly before: readonly ExampleStep[]; readonly after: readonly ExampleStep[] } | undefined {
  const draft = sampleRow(d, request.entity);
  const reached = wayToState(d, request.entity, request.field, state);
  if (reached === undefined) return undefined;
  draft.values[request.field] = reached.start;
  const after: ExampleStep[] = [];
  for (const effect of request.effects) {
    if (effect.is !== 'stock') continue;
    const list = fieldNamed(entityNamed(d.model, request.entity)?.fields ?? [], effect.list);
    if (list === undefined) continue;
    const items = [sampleItem(d, draft, list, 1), sampleItem(d, draft, list, 2)];
    draft.lists[list.name] = items;
    for (const [index, item] of items.entries()) {
      const quantity = 2 + index;
      item.values[effect.quantity] = quantity;
      const reference = fieldOfDraft(d, item, effect.reference);
      if (reference !== undefined) giveSample(d, item, reference);
      const target = item.refs[effect.reference];
      if (target === undefined) continue;
      target.values[effect.field] = 10;
      after.push({ read: target.name, then: { [effect.field]: effect.back ? 10 + quantity : 10 - quantity } });
    }
  }
  const calls = reached.operations.map((operation): ExampleStep => {
    const by = operation.roles[0];
    return { call: operation.name, on: draft.name, ...(by === undefined ? {} : { by }) };
  });
  const approved = approvalsNeeded(d.model, draft).map((role): ExampleStep => ({ approve: draft.name, by: role }));
  return { draft, before: [...stepsOf(draft), ...approved, ...calls], after };
}
/** A state that a row may be made in, and the operations that lead from there to the wanted one. */
export function wayToState(
  d: Drafting,
  entity: string,
  name: string,
  state: string,
): { readonly start: string; readonly operations: readonly OperationContract[] } | undefined {
  const found = entityNamed(d.model, entity);
  const field = fieldNamed(found?.fields ?? [], name);
  if (found === undefined || field?.type.kind !== 'choice') return undefined;
  const transitions = transitionsOf(d.model, found.id).filter((each) => each.transition?.field === field.id);
  const governed = new Set(transitions.map((each) => nameOf(field, each.transition?.to)));
  const operations: OperationContract[] = [];
  let at = state;
  while (governed.has(at)) {
    const last = transitions.find((each) => nameOf(field, each.transition?.to) === at);
    const before = last?.transition?.from
      .map((id) => nameOf(field, id))
      .find((each) => each !== undefined && !operations.some((other) => nameOf(field, other.transition?.to) === each));
    if (last === undefined || before === undefined || operations.length > 5) return undefined;
    operations.unshift(last);
    at = before;
  }
  return { start: at, operations };
}
export function restrictExamples(d: Drafting, request: RequestOf<'restrict'>): readonly Named[] {
  const operation = d.model.operations.find((each) => each.name === request.operation);
  const entity = entityNamed(d.model, request.entity);
  const field = entity?.fields.find((each) => each.id === operation?.transition?.field);
  const from = operation?.transition?.from.map((id) => nameOf(field, id)).find((name) => name !== undefined);
  const stranger = d.model.settings.roles.find((role) => role.write && !request.roles.includes(role.name));
  const allowed = request.roles[0];
  if (
    operation === undefined ||
    entity === undefined ||
    field === undefined ||
    from === undefined ||
    stranger === undefined ||
    allowed === undefined
  )
    return [];
  const reached = wayToState(d, request.entity, field.name, from);
  if (reached === undefined || reached.operations.length > 0) return [];
  const start = (): { readonly draft: Draft; readonly before: readonly ExampleStep[] } => {
    const draft = sampleRow(d, request.entity);
    draft.values[field.name] = reached.start;
    const approved = approvalsNeeded(d.model, draft).map((role): ExampleStep => ({ approve: draft.name, by: role }));
    return { draft, before: [...stepsOf(draft), ...approved] };
  };
  const done = (draft: Draft, by: string): ExampleStep => ({
    call: operation.name,
    on: draft.name,
    by,
    then: { [field.name]: nameOf(field, operation.transition?.to) ?? null },
  });
  const { draft, before } = start();
  const others = request.roles.slice(1).flatMap((role): readonly ExampleStep[] => {
    const own = start();
    return [...own.before, done(own.draft, role)];
  });
  return [
    {
      name: `only ${request.roles.map(one).join(' or ')} may do ${labelOf(operation.name)}`,
      steps: [
        ...before,
        { call: operation.name, on: draft.name, by: stranger.name, then: { refused: 'forbidden' } },
        done(draft, allowed),
        ...others,
      ],
    },
  ];
}
