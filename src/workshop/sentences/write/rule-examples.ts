/** Examples for formulas, discounts, approvals and limits; what they expect comes from `expect.ts` alone. */
import type { Json, JsonObject } from '#kernel';
import { entityNamed, type ExampleStep, fieldNamed, transitionsOf } from '#model';
import { beforeDiscount, otherDiscounts, stateOf, subtotalOf, totalOf } from '../effect/rules.ts';
import { type Draft, expected, holds, percentOf, type Value } from '../expect.ts';
import { articleFor } from '../inflection.ts';
import { labelOf } from '../names.ts';
import type { Condition, RequestOf } from '../request.ts';
import { discountParts, rowOf } from '../resolve.ts';
import { type Drafting, EXAMPLE_DAY, fieldOfDraft, sampleItem, sampleRow, sampleValue, stepsOf } from './drafts.ts';
import { fill, optionalReads, state } from './filling.ts';
import { edgesOf, make, makeAll, makeAtEdge, setAt } from './meeting.ts';
import type { Named } from './field-examples.ts';
import { compare, decimal, minus, rounded, textOf } from './numbers.ts';
import { played } from './played.ts';
import { approvalsNeeded } from './approvals-needed.ts';

const today = (request: unknown): readonly ExampleStep[] => (JSON.stringify(request).includes('"today"') ? [{ today: EXAMPLE_DAY }] : []);
const one = (name: string): string => `${articleFor(labelOf(name))} ${labelOf(name)}`;

/** `kind` is the type of the field that shows the value: an amount that nothing added to is 0.00. */
export function jsonValue(value: Value, kind?: string): Json {
  if (value.is === 'absent') return null;
  if (value.is === 'number' && kind === 'money') return textOf(rounded(value.number, 2));
  if (value.is === 'number' && kind === 'decimal') return textOf(rounded(value.number, 2));
  if (value.is === 'truth') return value.truth;
  if (value.is === 'text') return value.text;
  if (value.money) return textOf(rounded(value.number, 2));
  return value.number.scale === 0 ? Number(value.number.units) : textOf(value.number);
}
function base(
  d: Drafting,
  request: { readonly owner: { readonly entity: string; readonly list?: string } },
): { readonly row: Draft; readonly at: Draft } | undefined {
  const row = sampleRow(d, request.owner.entity);
  if (request.owner.list === undefined) return { row, at: row };
  const list = fieldNamed(entityNamed(d.model, request.owner.entity)?.fields ?? [], request.owner.list);
  if (list === undefined) return undefined;
  const item = sampleItem(d, row, list);
  row.lists[list.name] = [item];
  return { row, at: item };
}
function reading(d: Drafting, row: Draft, at: Draft, list: string | undefined, field: string, value: Value): readonly ExampleStep[] {
  const shown = { [field]: jsonValue(value, fieldOfDraft(d, at, field)?.type.kind) };
  return [...stepsOf(row), { read: row.name, then: list === undefined || at === row ? shown : { [list]: [shown] } }];
}

export function derivedExamples(d: Drafting, request: RequestOf<'derive'> | RequestOf<'defaultFormula'>): readonly Named[] {
  const made: Named[] = [];
  const what = `the ${labelOf(request.field)} of ${one(request.owner.list ?? request.owner.entity)}`;
  for (const salt of [1, 3]) {
    const found = base(d, request);
    if (found === undefined || !fill(d, found.at, request.formula, salt)) continue;
    state(d, found.at, request.formula);
    const value = expected(d.rules, found.at, request.formula);
    made.push({
      name: `${what} follows from its inputs (${salt === 1 ? 'one' : 'another'} case)`,
      steps: [...today(request), ...reading(d, found.row, found.at, request.owner.list, request.field, value)],
    });
  }
  for (let index = 0; index < 6; index += 1) {
    const found = base(d, request);
    if (found === undefined || !fill(d, found.at, request.formula, 2)) break;
    const removal = optionalReads(d, found.at, request.formula)[index];
    if (removal === undefined) break;
    if (!removal()) continue;
    state(d, found.at, request.formula);
    const value = expected(d.rules, found.at, request.formula);
    made.push({
      name: `${what} where one of its inputs is not given (${index + 1})`,
      steps: [...today(request), ...reading(d, found.row, found.at, request.owner.list, request.field, value)],
    });
  }
  const bare = base(d, request);
  if (bare !== undefined) {
    state(d, bare.at, request.formula);
    const value = expected(d.rules, bare.at, request.formula);
    made.push({
      name: `${what} with as little as there may be`,
      steps: [...today(request), ...reading(d, bare.row, bare.at, request.owner.list, request.field, value)],
    });
  }
  const written = base(d, request);
  const field = written === undefined ? undefined : fieldOfDraft(d, written.at, request.field);
  const own = field === undefined ? undefined : sampleValue(field, 5, 'x');
  if (written !== undefined && own !== undefined) {
    written.at.values[request.field] = own;
    const steps = stepsOf(written.row);
    const last = steps.at(-1);
    if (last !== undefined && 'create' in last) {
      const then: JsonObject =
        request.act === 'derive'
          ? { refused: 'invalid' }
          : request.owner.list === undefined
            ? { [request.field]: own }
            : { [request.owner.list]: [{ [request.field]: own }] };
      made.push({
        name: request.act === 'derive' ? `${what} cannot be written` : `${what} that is given is kept`,
        steps: [...today(request), ...steps.slice(0, -1), { ...last, then }],
      });
    }
  }
  return made;
}
export function flagExamples(d: Drafting, request: RequestOf<'deriveFlag'>): readonly Named[] {
  return variants(request.when).flatMap(({ broken, words }) => {
    const found = base(d, request);
    if (found === undefined || !makeAll(d, found.at, request.when, broken)) return [];
    const truth = request.when.every((condition) => holds(d.rules, found.at, condition));
    return [
      {
        name: `${one(request.owner.entity)} is ${truth ? '' : 'not '}${labelOf(request.field)} ${words}`,
        steps: [...today(request), ...reading(d, found.row, found.at, request.owner.list, request.field, { is: 'truth', truth })],
      },
    ];
  });
}
/** All conditions met, and each of them just missed. */
const variants = (conditions: readonly Condition[]): readonly { readonly broken: Condition | undefined; readonly words: string }[] => [
  { broken: undefined, words: 'when all conditions are met' },
  ...conditions.map((broken, index) => ({ broken, words: `when condition ${index + 1} is just missed` })),
];

export function discountExamples(d: Drafting, request: RequestOf<'discount'>): readonly Named[] {
  const row = rowOf(d.model, { entity: request.entity });
  const total = row === undefined ? undefined : totalOf(d.model, row);
  if (row === undefined || total === undefined) return [];
  const subtotal = subtotalOf(d.model, row, total.name);
  const discount = discountParts(d.model, row)?.discount ?? 'discount';
  const conditions = request.where.map((condition) => beforeDiscount(condition, total.name, subtotal));
  const made: Named[] = [];
  const build = (broken: Condition | undefined): Draft | undefined => {
    const draft = sampleRow(d, request.entity);
    const priced = conditions.some(
      (condition) => condition.is === 'compare' && condition.left.is === 'field' && condition.left.path.join() === subtotal,
    );
    if (!priced && !setAt(d, draft, [subtotal], '123.45')) return undefined;
    return makeAll(d, draft, conditions, broken) ? draft : undefined;
  };
  for (const { broken, words } of variants(conditions)) {
    const draft = build(broken);
    const before = draft?.known[subtotal] ?? draft?.values[subtotal];
    if (draft === undefined || before === undefined) continue;
    const own = discountOf(d, draft, request, conditions, String(before));
    // Of several discounts the larger one counts: those that stood before are asked what they give.
    const off = otherDiscounts(d.model, request).reduce((most, other) => {
      const given = played(d.model, draft, other, EXAMPLE_DAY);
      const amount = textOf({ units: BigInt(typeof given === 'number' ? given : 0), scale: d.model.settings.currency.digits });
      return compare(decimal(amount), decimal(most)) > 0 ? amount : most;
    }, own);
    const then = {
      [subtotal]: money(String(before)),
      [discount]: money(off),
      [total.name]: textOf(rounded(minus(decimal(String(before)), decimal(off)), 2)),
    };
    made.push({
      name: `${one(request.entity)} ${broken === undefined ? 'gets' : compare(decimal(off), decimal('0')) > 0 ? 'gets another' : 'gets no'} discount ${words}`,
      steps: [...today(request), ...stepsOf(draft), { read: draft.name, then }],
    });
  }
  const state = stateOf(d.model, row);
  const others =
    state?.field.type.kind === 'choice'
      ? state.field.type.choices.filter(
          (choice) =>
            choice.name !== state.first &&
            !transitionsOf(d.model, row.entity.id).some((operation) => operation.transition?.to === choice.id),
        )
      : [];
  const other = others[0];
  const draft = build(undefined);
  const before = draft?.known[subtotal];
  if (state !== undefined && other !== undefined && draft !== undefined && before !== undefined) {
    draft.values[state.field.name] = other.name;
    made.push({
      name: `${one(request.entity)} that was never ${labelOf(state.first)} gets no discount`,
      steps: [
        ...today(request),
        ...stepsOf(draft),
        { read: draft.name, then: { [discount]: '0.00', [total.name]: money(String(before)) } },
      ],
    });
  }
  return made;
}
const money = (text: string): string => textOf(rounded(decimal(text), 2));
export function discountOf(
  d: Drafting,
  draft: Draft,
  request: RequestOf<'discount'>,
  conditions: readonly Condition[],
  before: string,
): string {
  if (!conditions.every((condition) => holds(d.rules, draft, condition))) return '0.00';
  if ('percent' in request.off) {
    const off = percentOf(decimal(before), request.off.percent);
    return off.is === 'number' ? textOf(off.number) : '0.00';
  }
  return compare(decimal(request.off.amount), decimal(before)) < 0 ? request.off.amount : before;
}

export function approvalExamples(d: Drafting, request: RequestOf<'approval'>): readonly Named[] {
  const entity = entityNamed(d.model, request.entity);
  const field = fieldNamed(entity?.fields ?? [], request.before);
  if (entity === undefined || field?.type.kind !== 'choice') return [];
  const governed = transitionsOf(d.model, entity.id).filter((operation) => operation.transition?.field === field.id);
  const start = field.default !== undefined && 'literal' in field.default ? field.default.literal : field.type.choices[0]?.name;
  const direct = field.type.choices.find(
    (choice) => choice.name !== start && !governed.some((operation) => operation.transition?.to === choice.id),
  )?.name;
  const startId = field.type.choices.find((choice) => choice.name === start)?.id;
  const operation =
    direct === undefined ? governed.find((each) => startId !== undefined && each.transition?.from.includes(startId)) : undefined;
  const to = direct ?? field.type.choices.find((choice) => choice.id === operation?.transition?.to)?.name;
  const made: Named[] = [];
  if (to === undefined) return made;
  const cases = [
    ...variants(request.where).map(({ broken, words }) => ({
      broken,
      words,
      made: (draft: Draft): boolean => makeAll(d, draft, request.where, broken),
    })),
    ...edgesOf(request.where).map((edge, index) => ({
      broken: undefined,
      words: `exactly on limit ${index + 1}`,
      made: (draft: Draft): boolean => makeAtEdge(d, draft, request.where, edge),
    })),
  ];
  for (const { broken, words, made: isMade } of cases) {
    const draft = sampleRow(d, request.entity);
    if (!isMade(draft)) continue;
    const approvers = approvalsNeeded(d.model, draft);
    const further = approvers.filter((role) => role !== request.role).map((role): ExampleStep => ({ approve: draft.name, by: role }));
    const other = d.model.settings.roles.find(
      (role) => role.write && !d.model.rules.some((rule) => rule.form === 'approval' && rule.on === entity.id && rule.role === role.name),
    );
    // Another rule asks the same person: nothing would show that this one does not.
    if (broken !== undefined && approvers.includes(request.role)) continue;
    const steps = [...today(request), ...stepsOf(draft), ...further];
    const by = operation?.roles[0];
    const change = (then: JsonObject): ExampleStep =>
      operation === undefined
        ? { update: draft.name, with: { [request.before]: to }, then }
        : { call: operation.name, on: draft.name, ...(by === undefined ? {} : { by }), then };
    if (broken !== undefined)
      made.push({ name: `${one(request.entity)} needs no approval ${words}`, steps: [...steps, change({ [request.before]: to })] });
    else {
      made.push({
        name: `${one(request.entity)} waits for approval by ${one(request.role)} ${words}`,
        steps: [
          ...steps,
          change({ refused: 'approval-needed' }),
          ...(other === undefined ? [] : [{ approve: draft.name, by: other.name, then: { refused: 'forbidden' } }]),
          { approve: draft.name, by: request.role },
          change({ [request.before]: to }),
        ],
      });
    }
  }
  return made;
}
export function limitExamples(d: Drafting, request: RequestOf<'limit'>): readonly Named[] {
  const made: Named[] = [];
  const condition: Condition = { is: 'compare', left: request.left, by: request.by, right: request.right };
  for (const [met, words] of [
    [true, 'at its limit is kept'],
    [false, 'beyond its limit is refused'],
  ] as const) {
    const draft = sampleRow(d, request.entity);
    if (!makeAll(d, draft, request.where)) continue;
    if (!(request.left.is === 'aggregate' ? counted(d, draft, request, met) : make(d, draft, condition, met))) continue;
    const steps = stepsOf(draft);
    const last = steps.at(-1);
    if (last !== undefined && 'create' in last)
      made.push({
        name: `${one(request.entity)} ${words}`,
        steps: [...today(request), ...steps.slice(0, -1), met ? last : { ...last, then: { refused: 'invalid' } }],
      });
  }
  for (const broken of request.where) {
    const draft = sampleRow(d, request.entity);
    const set =
      request.where.every((each) => make(d, draft, each, each !== broken)) &&
      (request.left.is === 'aggregate' ? counted(d, draft, request, false) : make(d, draft, condition, false));
    if (set) made.push({ name: `${one(request.entity)} that the limit is not for is kept`, steps: [...today(request), ...stepsOf(draft)] });
  }
  return made;
}
function counted(d: Drafting, draft: Draft, request: RequestOf<'limit'>, met: boolean): boolean {
  if (
    request.left.is !== 'aggregate' ||
    request.left.over.list === undefined ||
    request.right.is !== 'literal' ||
    request.right.literal.is !== 'number'
  )
    return false;
  const list = fieldNamed(entityNamed(d.model, request.entity)?.fields ?? [], request.left.over.list);
  const limit = Number(request.right.literal.value);
  const wanted = met ? limit : request.by === 'atMost' ? limit + 1 : limit - 1;
  if (list === undefined || wanted < 0 || wanted > 40) return false;
  const first = sampleItem(d, draft, list);
  draft.lists[list.name] = Array.from({ length: wanted }, () => ({ ...sampleItem(d, draft, list), refs: first.refs }));
  return true;
}
