/** The bodies of reactions and jobs, as a person would write them, and what they may do. */
import type { Capability, DataAccess, EntityContract, Field, PermanentId } from '#kernel';
import { entityById, entityNamed, fieldNamed, operationNamed, parameterName, type SystemModel } from '#model';
import { sensitiveIn } from '#model';
import { labelOf } from '../names.ts';
import type { Condition, Deed, Given, RequestOf } from '../request.ts';
import { type Row, rowOf } from '../resolve.ts';
import { type CodeOf, conditionCode, literalCode } from './unasked-code.ts';

export interface UnaskedBody {
  readonly takes: readonly string[];
  readonly statements: string;
  readonly capabilities: readonly Capability[];
}
type Made = UnaskedBody | { readonly why: string };

const GIVEN = new Set(['data', 'event', 'today', 'dueDay', 'page', 'query', 'call', 'row']);
const variable = (entity: EntityContract): string => (GIVEN.has(entity.name) ? 'found' : parameterName(entity.name));

/** What a body has used so far. */
interface Work {
  readonly model: SystemModel;
  readonly row: Row;
  readonly name: string;
  readonly today: 'today' | 'dueDay';
  readonly access: Map<PermanentId, { readonly may: Set<DataAccess>; readonly fields: Set<PermanentId> }>;
  readonly calls: Set<PermanentId>;
  readonly takes: Set<string>;
  /** Rows that were read over a reference: the field, and what the row is called. */
  readonly read: Map<string, string>;
}
function work(model: SystemModel, row: Row, today: Work['today']): Work {
  return { model, row, name: variable(row.entity), today, access: new Map(), calls: new Set(), takes: new Set(['data']), read: new Map() };
}
function uses(w: Work, entity: EntityContract, may: DataAccess, field?: Field): void {
  const known = w.access.get(entity.id) ?? { may: new Set<DataAccess>(), fields: new Set<PermanentId>() };
  known.may.add(may);
  if (field !== undefined && sensitiveIn(w.model).has(field.id)) known.fields.add(field.id);
  w.access.set(entity.id, known);
}
const ORDER: readonly DataAccess[] = ['read', 'create', 'update', 'delete'];
const capabilities = (w: Work): readonly Capability[] => [
  ...[...w.access].map(([entity, { may, fields }]): Capability => ({
    kind: 'data',
    entity,
    access: ORDER.filter((each) => may.has(each)),
    sensitive: [...fields],
  })),
  ...[...w.calls].map((operation): Capability => ({ kind: 'call', operation })),
];
const took = (w: Work): readonly string[] => ['data', 'event', 'dueDay', 'today', 'call'].filter((each) => w.takes.has(each));
const uncodable = (condition: Condition): { readonly why: string } => ({
  why: `A condition of this kind (${condition.is === 'compare' ? 'a comparison' : labelOf(condition.is)}) cannot be looked at by what runs by itself yet.`,
});
const field0 = (condition: Condition): readonly string[] =>
  condition.is === 'compare' ? (condition.left.is === 'field' ? condition.left.path : []) : condition.path;

export function reactionBody(model: SystemModel, request: RequestOf<'react'>): Made {
  const row = rowOf(model, { entity: request.entity });
  if (row === undefined) return { why: 'There is no such thing.' };
  const w = work(model, row, 'today');
  w.takes.add('event');
  uses(w, row.entity, 'read');
  const lines: string[] = [];
  const { trigger } = request;
  if (trigger.is === 'changes') lines.push(`if (event.before.${trigger.field} === event.after.${trigger.field}) return;`);
  if (trigger.is === 'changes') uses(w, row.entity, 'read', fieldNamed(row.fields, trigger.field));
  if (trigger.is === 'becomes') {
    const of = (at: string): CodeOf => ({ model, row, at, partial: true, today: 'today' });
    const before = conditionCode(of('event.before'), trigger.condition, true);
    const after = conditionCode(of('event.after'), trigger.condition, false);
    if (before === undefined || after === undefined) return uncodable(trigger.condition);
    uses(w, row.entity, 'read', fieldNamed(row.fields, field0(trigger.condition)[0] ?? ''));
    lines.push(`if (${before} || ${after}) return;`);
  }
  const deeds = deedLines(w, request.deeds);
  if ('why' in deeds) return deeds;
  const needsRow = request.where.length > 0 || deeds.lines.some((line) => new RegExp(`(?<!data\\.)\\b${w.name}\\.(?!id\\b)`).test(line));
  const checks = whereLines(w, request.where, 'return');
  if ('why' in checks) return checks;
  if (needsRow) lines.push(`const ${w.name} = await data.${row.entity.name}.get(event.row);`);
  lines.push(...checks.lines, ...deeds.lines);
  const statements = lines.join('\n');
  return {
    takes: took(w),
    statements: needsRow ? statements : statements.replaceAll(new RegExp(`(?<!data\\.)\\b${w.name}\\.id\\b`, 'g'), 'event.row'),
    capabilities: capabilities(w),
  };
}
/** Rows that are fetched at a time. */
const PAGE = 200;
export function jobBody(model: SystemModel, request: RequestOf<'schedule'>): Made {
  const row = rowOf(model, { entity: request.entity });
  if (row === undefined) return { why: 'There is no such thing.' };
  const w = work(model, row, 'dueDay');
  uses(w, row.entity, 'read');
  const filters: string[] = [];
  const rest: Condition[] = [];
  for (const condition of request.where) {
    const filter = filterCode(w, condition);
    if (filter === undefined) rest.push(condition);
    else filters.push(filter);
  }
  const checks = whereLines(w, rest, 'continue');
  if ('why' in checks) return checks;
  const deeds = deedLines(w, request.deeds);
  if ('why' in deeds) return deeds;
  const asked =
    filters.length < 2
      ? [`const query = { ${filters.map((filter) => `filters: [${filter}], `).join('')}limit: ${PAGE} } as const;`]
      : ['const query = {', '  filters: [', ...filters.map((filter) => `    ${filter},`), '  ],', `  limit: ${PAGE},`, '} as const;'];
  const statements = [
    ...asked,
    `for (let page = await data.${row.entity.name}.list(query); ; page = await data.${row.entity.name}.list({ ...query, cursor: page.next })) {`,
    `  for (const ${w.name} of page.items) {`,
    ...[...checks.lines, ...deeds.lines].map((line) => `    ${line}`),
    '  }',
    '  if (page.next === null) break;',
    '}',
  ].join('\n');
  return { takes: took(w), statements, capabilities: capabilities(w) };
}
/** What the list itself can ask for. */
function filterCode(w: Work, condition: Condition): string | undefined {
  const path = field0(condition);
  const field = path.length === 1 ? fieldNamed(w.row.fields, path[0] ?? '') : undefined;
  if (field === undefined || field.derived !== undefined) return undefined;
  const filter = (op: string, value: string): string => {
    uses(w, w.row.entity, 'read', field);
    return `{ field: '${field.name}', op: '${op}', value: ${value} }`;
  };
  if (condition.is === 'choice' && condition.not !== true && condition.among.length === 1) return filter('eq', `'${condition.among[0]}'`);
  if (condition.is === 'flag' && condition.value) return filter('eq', 'true');
  if (condition.is !== 'compare' || !['integer', 'money', 'date'].includes(field.type.kind)) return undefined;
  const op = { under: 'lt', over: 'gt', atLeast: 'ge', atMost: 'le', equal: 'eq', notEqual: undefined }[condition.by];
  const { right } = condition;
  if (op === undefined || right.is === 'field') return undefined;
  if (right.is === 'literal') {
    if (right.literal.is !== 'date' || right.literal.value !== 'today') return filter(op, literalCode(w.model, field, right.literal));
  } else if (right.is === 'shift' && right.of.is === 'today') {
    w.takes.add(w.today);
    return filter(op, `${right.unit === 'days' ? 'addDays' : 'addMonths'}(${w.today}, ${right.amount})`);
  } else if (right.is !== 'today') return undefined;
  w.takes.add(w.today);
  return filter(op, w.today);
}

type Lines = { readonly lines: readonly string[] } | { readonly why: string };
/** Leaves the row where a condition does not hold. */
function whereLines(w: Work, where: readonly Condition[], leave: 'return' | 'continue'): Lines {
  const lines: string[] = [];
  for (const condition of where) {
    const path = field0(condition);
    let of: CodeOf = { model: w.model, row: w.row, at: w.name, partial: false, today: w.today };
    let own = condition;
    if (path.length === 2) {
      const behind = readBehind(w, path[0] ?? '', lines);
      if ('why' in behind) return behind;
      of = { ...of, row: behind.row, at: behind.name };
      own =
        condition.is === 'compare' ? { ...condition, left: { is: 'field', path: path.slice(1) } } : { ...condition, path: path.slice(1) };
    }
    const code = conditionCode(of, own, false);
    if (code === undefined) return uncodable(condition);
    uses(w, of.row.entity, 'read', fieldNamed(of.row.fields, field0(own)[0] ?? ''));
    if (code.includes(w.today)) w.takes.add(w.today);
    lines.push(`if (${code}) ${leave};`);
  }
  return { lines };
}
/** Reads what the reference names, once. */
function readBehind(w: Work, reference: string, lines: string[]): { readonly row: Row; readonly name: string } | { readonly why: string } {
  const field = fieldNamed(w.row.fields, reference);
  const target = field?.type.kind === 'reference' ? entityById(w.model, field.type.to) : undefined;
  const row = target === undefined ? undefined : rowOf(w.model, { entity: target.name });
  if (field === undefined || target === undefined || row === undefined) return { why: 'There is no such thing.' };
  if (!field.required)
    return { why: `The ${labelOf(field.name)} of ${labelOf(w.row.entity.plural)} may be missing; make it required first.` };
  uses(w, w.row.entity, 'read', field);
  uses(w, target, 'read');
  const known = w.read.get(reference);
  if (known !== undefined) return { row, name: known };
  const wanted = variable(target);
  const name = wanted === w.name || [...w.read.values()].includes(wanted) ? `${parameterName(field.name)}Row` : wanted;
  w.read.set(reference, name);
  lines.push(`const ${name} = await data.${target.name}.get(${w.name}.${reference});`);
  return { row, name };
}
function deedLines(w: Work, deeds: readonly Deed[]): Lines {
  const lines: string[] = [];
  const sets = new Map<string, { readonly entity: EntityContract; readonly id: string; readonly values: string[] }>();
  for (const deed of deeds) {
    if (deed.is === 'create') {
      const made = createLine(w, deed);
      if (made === undefined) return { why: 'There is no such thing.' };
      lines.push(made);
      continue;
    }
    const reference = deed.on[0];
    const field = reference === undefined ? undefined : fieldNamed(w.row.fields, reference);
    const entity = field?.type.kind === 'reference' ? entityById(w.model, field.type.to) : w.row.entity;
    if (entity === undefined) return { why: 'There is no such thing.' };
    if (field !== undefined && !field.required)
      return { why: `The ${labelOf(field.name)} of ${labelOf(w.row.entity.plural)} may be missing; make it required first.` };
    if (field !== undefined) uses(w, w.row.entity, 'read', field);
    if (deed.is === 'call') {
      const operation = operationNamed(w.model, deed.operation);
      const transition = operation?.transition;
      const state = entity.fields.find((each) => each.id === transition?.field);
      if (operation === undefined || state?.type.kind !== 'choice') return { why: 'There is no such operation.' };
      const { choices } = state.type;
      const from = (transition?.from ?? []).flatMap((id) => choices.find((choice) => choice.id === id)?.name ?? []);
      const behind = reference === undefined ? { name: w.name } : readBehind(w, reference, lines);
      if ('why' in behind) return behind;
      uses(w, entity, 'read', state);
      w.calls.add(operation.id);
      w.takes.add('call');
      const may = from.map((name) => `${behind.name}.${state.name} === '${name}'`).join(' || ');
      lines.push(`if (${may}) await call('${operation.name}', { on: ${behind.name}.id });`);
      continue;
    }
    const set = fieldNamed(entity.fields, deed.field);
    if (set === undefined) return { why: 'There is no such field.' };
    uses(w, entity, 'update', set);
    const key = reference ?? '';
    const id = reference === undefined ? `${w.name}.id` : `${w.name}.${reference}`;
    const group = sets.get(key) ?? { entity, id, values: [] };
    group.values.push(`${set.name}: ${givenCode(w, set, deed.value)}`);
    sets.set(key, group);
  }
  for (const { entity, id, values } of sets.values()) lines.push(`await data.${entity.name}.update(${id}, { ${values.join(', ')} });`);
  return { lines };
}
function createLine(w: Work, deed: Extract<Deed, { is: 'create' }>): string | undefined {
  const entity = entityNamed(w.model, deed.entity);
  if (entity === undefined) return undefined;
  uses(w, entity, 'create');
  const values = deed.values.flatMap(({ field, value }) => {
    const own = fieldNamed(entity.fields, field);
    if (own === undefined) return [];
    uses(w, entity, 'create', own);
    return [`${field}: ${givenCode(w, own, value)}`];
  });
  return `await data.${entity.name}.create({ ${[...(deed.via === undefined ? [] : [`${deed.via}: ${w.name}.id`]), ...values].join(', ')} });`;
}
function givenCode(w: Work, field: Field, value: Given): string {
  if (value === 'id') return `${w.name}.id`;
  if (value === 'today') {
    w.takes.add(w.today);
    return w.today;
  }
  if ('literal' in value) return literalCode(w.model, field, value.literal);
  uses(w, w.row.entity, 'read', fieldNamed(w.row.fields, value.field));
  return `${w.name}.${value.field}`;
}
