/** Examples for actions and views. */
import type { Json, JsonObject, OperationContract } from '#kernel';
import { entityNamed, type ExampleStep, fieldNamed, transitionsOf } from '#model';
import { verbOf } from '../effect/actions.ts';
import { type Draft, expected, holds, valueAt } from '../expect.ts';
import { articleFor } from '../inflection.ts';
import { labelOf } from '../names.ts';
import type { Column, Condition, RequestOf } from '../request.ts';
import { approvalsNeeded } from './approvals-needed.ts';
import { type Drafting, EXAMPLE_DAY, giveSample, fieldOfDraft, sampleItem, sampleRow, stepsOf } from './drafts.ts';
import { fill } from './filling.ts';
import { makeAll, setAt } from './meeting.ts';
import { literalValue, type Named } from './field-examples.ts';
import { compare, decimal, plus, rounded, textOf } from './numbers.ts';
import { jsonValue } from './rule-examples.ts';

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
  const draft = sampleRow(d, request.entity);
  draft.values[field.name] = reached.start;
  return [
    {
      name: `only ${request.roles.map(one).join(' or ')} may do ${labelOf(operation.name)}`,
      steps: [
        ...stepsOf(draft),
        ...approvalsNeeded(d.model, draft).map((role): ExampleStep => ({ approve: draft.name, by: role })),
        { call: operation.name, on: draft.name, by: stranger.name, then: { refused: 'forbidden' } },
        { call: operation.name, on: draft.name, by: allowed, then: { [field.name]: nameOf(field, operation.transition?.to) ?? null } },
      ],
    },
  ];
}

/** Rows that meet all conditions, and for each condition one that just does not; the view in its order. */
export function viewExamples(d: Drafting, request: RequestOf<'show'>): readonly Named[] {
  const rows: Draft[] = [];
  const add = (broken: Condition | undefined, salt: number, share?: Draft): boolean => {
    const draft = sampleRow(d, request.entity);
    const by = request.by?.path;
    if (share !== undefined && by !== undefined) shareReference(draft, share, by);
    if (by !== undefined) reachReference(d, draft, by);
    const filled = request.columns.every((column) => fill(d, draft, { is: 'field', path: column.path }, salt));
    const set = makeAll(d, draft, request.where, broken);
    if (!filled || !set || (broken === undefined && sameRank(d, request, rows, draft) && !ranked(d, request, rows, draft))) return false;
    rows.push(draft);
    return true;
  };
  if (!add(undefined, 1)) return [];
  const first = rows[0];
  if (request.by !== undefined && first !== undefined) add(undefined, 5, first);
  // Without an order only one row, or one group, can be expected at a known place.
  if (request.figure === 'count') add(undefined, 2);
  if (request.order !== undefined) add(undefined, 3);
  request.where.forEach((condition, index) => add(condition, 7 + index));
  const shown = rows.filter((row) => request.where.every((condition) => holds(d.rules, row, condition)));
  const then =
    request.figure === 'count'
      ? [{ count: shown.length }]
      : request.by === undefined
        ? listRows(d, request, shown)
        : groupRows(d, request, shown);
  const done = new Set<string>();
  const steps = rows.flatMap((row) => stepsOf(row, done));
  return then === undefined
    ? []
    : [
        {
          name: `the view ${labelOf(request.view)} shows what it should`,
          steps: [...needsToday(request), ...steps, { show: request.view, then }],
        },
      ];
}
/** A row that the order of the view would not put before or after the others could stand anywhere. */
/** Gives a row that meets all conditions another place in the order, where it still meets them there. */
function ranked(d: Drafting, request: RequestOf<'show'>, rows: readonly Draft[], draft: Draft): boolean {
  const path = request.columns.find((each) => each.name === request.order?.by)?.path;
  const is = path === undefined ? undefined : valueAt(d.rules, draft, path);
  if (path === undefined || is?.is !== 'number') return false;
  const step = is.money ? '0.01' : '1';
  if (!setAt(d, draft, path, textOf(plus(is.number, decimal(step))))) return false;
  return request.where.every((condition) => holds(d.rules, draft, condition)) && !sameRank(d, request, rows, draft);
}
function sameRank(d: Drafting, request: RequestOf<'show'>, rows: readonly Draft[], draft: Draft): boolean {
  const column = request.by === undefined ? request.columns.find((each) => each.name === request.order?.by) : undefined;
  if (column === undefined) return false;
  const rank = (row: Draft): string => JSON.stringify(jsonValue(valueAt(d.rules, row, column.path)));
  return rows.some((row) => rank(row) === rank(draft));
}
/** Rows on the way to what the view groups by. */
function reachReference(d: Drafting, draft: Draft, path: readonly string[]): void {
  const [first, ...rest] = path;
  const field = first === undefined ? undefined : fieldOfDraft(d, draft, first);
  if (first === undefined || field === undefined || field.derived !== undefined) return;
  if (draft.values[first] === undefined) giveSample(d, draft, field);
  const next = draft.refs[first];
  if (rest.length > 0 && next !== undefined) reachReference(d, next, rest);
}
function shareReference(draft: Draft, share: Draft, path: readonly string[]): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  const [own, other] = [draft.refs[first], share.refs[first]];
  if (rest.length === 0) {
    if (other !== undefined) draft.refs[first] = other;
    else if (share.values[first] !== undefined) draft.values[first] = share.values[first];
  } else if (own !== undefined && other !== undefined) shareReference(own, other, rest);
}
function cell(d: Drafting, row: Draft, column: Column): JsonObject | undefined {
  const reference = referenceAt(row, column.path);
  if (reference !== undefined) return { [column.name]: reference.name };
  const value = valueAt(d.rules, row, column.path);
  return value.is === 'absent' ? undefined : { [column.name]: jsonValue(value) };
}
function referenceAt(row: Draft, path: readonly string[]): Draft | undefined {
  let at: Draft | undefined = row;
  for (const step of path) at = at?.refs[step];
  return at;
}
function listRows(d: Drafting, request: RequestOf<'show'>, rows: readonly Draft[]): JsonObject[] | undefined {
  const sorted = sortedBy(d, rows, request);
  if (sorted === undefined) return undefined;
  return sorted
    .slice(0, request.limit ?? sorted.length)
    .map((row) => Object.assign({}, ...request.columns.flatMap((column) => cell(d, row, column) ?? [])) as JsonObject);
}
function sortedBy(d: Drafting, rows: readonly Draft[], request: RequestOf<'show'>): readonly Draft[] | undefined {
  const { order } = request;
  if (order === undefined) return rows.length < 2 ? rows : undefined;
  const column = request.columns.find((each) => each.name === order.by);
  if (column === undefined) return undefined;
  const keyed = rows.map((row) => ({ row, value: expected(d.rules, row, { is: 'field', path: column.path }) }));
  if (keyed.some(({ value }) => value.is === 'absent')) return undefined;
  const sign = order.direction === 'ascending' ? 1 : -1;
  return keyed
    .toSorted(
      (a, b) =>
        sign *
        (a.value.is === 'number' && b.value.is === 'number'
          ? compare(a.value.number, b.value.number)
          : String(jsonValue(a.value)) < String(jsonValue(b.value))
            ? -1
            : 1),
    )
    .map(({ row }) => row);
}
function groupRows(d: Drafting, request: RequestOf<'show'>, rows: readonly Draft[]): JsonObject[] | undefined {
  const by = request.by;
  if (by === undefined) return undefined;
  const groups = new Map<string, { key: JsonObject; rows: Draft[] }>();
  for (const row of rows) {
    const key = cell(d, row, by);
    if (key === undefined) return undefined;
    const group = groups.get(JSON.stringify(key)) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(JSON.stringify(key), group);
  }
  const made = [...groups.values()].map((group) => {
    const sums = request.columns.map((column): readonly [string, Json] => {
      const total = group.rows.reduce((sum, row) => {
        const value = valueAt(d.rules, row, column.path);
        return value.is === 'number' ? plus(sum, value.number) : sum;
      }, decimal('0'));
      const field = group.rows[0] === undefined ? undefined : d.rules.kindOf(group.rows[0].entity, column.path[0] ?? '');
      return [column.name, field === 'money' || total.scale > 0 ? textOf(rounded(total, 2)) : Number(total.units)];
    });
    return { ...group.key, count: group.rows.length, ...Object.fromEntries(sums) } as JsonObject;
  });
  const { order } = request;
  if (order === undefined) return made.length < 2 ? made : undefined;
  if (!made.every((row) => order.by in row)) return undefined;
  const number = (row: JsonObject): ReturnType<typeof decimal> => decimal(String(row[order.by]));
  const sign = order.direction === 'ascending' ? 1 : -1;
  return made.toSorted((a, b) => sign * compare(number(a), number(b)));
}
